import Faceprint
import FaceprintFiles
import FaceprintImaging

/// What decides which numbers a photo gives. A command asks a server only where both work by the same, so that its
/// answer is what the command would compute itself.
public struct ResidentTerms: Hashable, Sendable {
    /// Of the program.
    public var version: String
    public var space: EmbeddingSpace
    /// The SHA-256 of the model that is run, which may be another in int8 for the same space.
    public var modelSHA256: String
    /// The detector's name.
    public var detector: String
    /// OpenVINO's name of the device.
    public var device: String
    /// The arithmetic's name.
    public var precision: String
    public var limits: PhotoLimits

    public init(
        version: String, space: EmbeddingSpace, modelSHA256: String, detector: String, device: String,
        precision: String,
        limits: PhotoLimits
    ) {
        self.version = version
        self.space = space
        self.modelSHA256 = modelSHA256
        self.detector = detector
        self.device = device
        self.precision = precision
        self.limits = limits
    }

    /// All of it as 64 hexadecimal digits, which are equal where it is.
    var digest: String {
        let parts = [
            version, space.model, space.modelSHA256, space.profile, modelSHA256, detector, device, precision,
            "\(limits.bytes)",
            "\(limits.pixels)", "\(limits.side)", "\(limits.seconds)", "\(limits.keptSide)",
            "\(limits.convertsColours)",
        ]
        return Array(parts.joined(separator: "\0").utf8).withUnsafeBytes { SHA256.hex(of: $0) }
    }
}
