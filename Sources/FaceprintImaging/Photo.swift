import Faceprint
import FaceprintFiles

/// A decoded photo and what it was decoded from, so that a template can say which photo made it.
public struct Photo: Hashable, Sendable {
    /// The path, or what else the photo is called in messages.
    public let name: String
    public let image: Image
    /// Of the encoded bytes, 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Reads a file once, and hashes and decodes what was read.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limits: Checked before the file is read and before pixels are decoded.
    /// - Throws: ``ImagingError``.
    public init(contentsOf path: String, limits: PhotoLimits = .standard) throws(ImagingError) {
        try self.init(decoding: try PhotoFile.read(path, limits), name: path, limits: limits)
    }

    /// Hashes and decodes the bytes of a photo, such as the body of a request.
    ///
    /// - Throws: ``ImagingError``.
    public init(decoding bytes: [UInt8], name: String, limits: PhotoLimits = .standard) throws(ImagingError) {
        image = try Image(decoding: bytes, name: name, limits: limits)
        sha256 = bytes.withUnsafeBytes { SHA256.hex(of: $0) }
        self.name = name
    }

    /// - Parameter sha256: Of the bytes that the image was decoded from.
    init(name: String, image: Image, sha256: String) {
        self.name = name
        self.image = image
        self.sha256 = sha256
    }
}
