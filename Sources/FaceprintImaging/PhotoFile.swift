import Faceprint
import FaceprintFiles

/// A photo's file that was read and hashed, and is to be decoded only if that is needed.
public struct PhotoFile: Sendable {
    /// The path.
    public let name: String
    /// Of the bytes, 64 lower-case hexadecimal digits.
    public let sha256: String
    /// nil for a large file, which is read again, so that many at once take little memory.
    private let bytes: [UInt8]?

    /// The largest file that stays in memory, in bytes: most photos of telephones.
    private static let largestKept = 6 << 20

    /// Reads a file and hashes it.
    ///
    /// - Parameter limits: Checked before the file is read.
    /// - Throws: ``ImagingError``.
    public init(contentsOf path: String, limits: PhotoLimits = .standard) throws(ImagingError) {
        let bytes = try Self.read(path, limits)
        name = path
        sha256 = bytes.withUnsafeBytes { SHA256.hex(of: $0) }
        self.bytes = bytes.count <= Self.largestKept ? bytes : nil
    }

    /// Decodes the photo. A large file is read and hashed again: the digest is always that of what was decoded.
    ///
    /// - Throws: ``ImagingError``.
    public func decoded(limits: PhotoLimits = .standard) throws(ImagingError) -> Photo {
        guard let bytes else { return try Photo(contentsOf: name, limits: limits) }
        return Photo(name: name, image: try Image(decoding: bytes, name: name, limits: limits), sha256: sha256)
    }

    static func read(_ path: String, _ limits: PhotoLimits) throws(ImagingError) -> [UInt8] {
        do throws(FileError) {
            return try File.read(path, limit: limits.bytes)
        } catch {
            throw .file(error)
        }
    }
}
