/// How a photo becomes a network's input: one named value, recorded with every template.
///
/// Profiles are not interchangeable. FaceNet's weights were trained with ``standardized`` input; the
/// assignment feeds them ``assignment`` input.
public struct PreprocessingProfile: Hashable, Sendable, Codable {
    /// Which part of the photo is taken.
    public enum Alignment: String, Hashable, Sendable, Codable {
        /// All of it, squeezed to the network's size.
        case wholePhoto = "whole-photo"
    }

    /// How pixels are resampled to the network's size.
    public enum Interpolation: String, Hashable, Sendable, Codable {
        /// The nearest source pixel: ``Image/resizedByNearestNeighbour(width:height:)``.
        case nearest
        /// Lanczos with the blur that shrinking needs; bicubic where the photo is enlarged.
        case lanczos
    }

    public var name: String
    public var alignment: Alignment
    public var interpolation: Interpolation
    public var normalization: Normalization

    public init(
        name: String, alignment: Alignment = .wholePhoto, interpolation: Interpolation = .lanczos,
        normalization: Normalization
    ) {
        self.name = name
        self.alignment = alignment
        self.interpolation = interpolation
        self.normalization = normalization
    }
}

extension PreprocessingProfile {
    /// The assignment's: nearest-neighbour resize, then `pixel / 255`.
    public static let assignment = PreprocessingProfile(
        name: "assignment", interpolation: .nearest, normalization: .unit)
    /// What FaceNet's weights were trained with: each photo to mean 0 and standard deviation 1.
    public static let standardized = PreprocessingProfile(name: "standardized", normalization: .standardized)
    /// `(pixel − 127.5) / 127.5`, as the ArcFace family of encoders expects.
    public static let centered = PreprocessingProfile(name: "centered", normalization: .centered)
    /// The pixel values 0…255 as they are.
    public static let raw = PreprocessingProfile(name: "raw", normalization: .raw)

    /// All named profiles.
    public static let all = [assignment, standardized, centered, raw]

    /// The profile of that name.
    ///
    /// - Throws: ``FaceprintError/unknownName(kind:name:known:)``, which lists the known ones.
    public static func named(_ name: String) throws(FaceprintError) -> PreprocessingProfile {
        guard let profile = all.first(where: { $0.name == name }) else {
            throw .unknownName(kind: "profile", name: name, known: all.map(\.name))
        }
        return profile
    }
}
