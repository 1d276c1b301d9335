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
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try File.read(path, limit: limits.bytes)
        } catch {
            throw .file(error)
        }
        try self.init(decoding: bytes, name: path, limits: limits)
    }

    /// Hashes and decodes the bytes of a photo, such as the body of a request.
    ///
    /// - Throws: ``ImagingError``.
    public init(decoding bytes: [UInt8], name: String, limits: PhotoLimits = .standard) throws(ImagingError) {
        image = try Image(decoding: bytes, name: name, limits: limits)
        sha256 = bytes.withUnsafeBytes { SHA256.hex(of: $0) }
        self.name = name
    }
}
