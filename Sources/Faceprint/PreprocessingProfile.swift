/// How a face of a photo becomes a network's input: one named value, recorded with every template.
///
/// Profiles are not interchangeable: the same photo gives another embedding with another profile.
public struct PreprocessingProfile: Hashable, Sendable, Codable {
    /// How pixels are resampled to the network's size.
    public enum Interpolation: String, Hashable, Sendable, Codable {
        /// The nearest source pixel: ``Image/resizedByNearestNeighbour(width:height:)``.
        case nearest
        /// Smoothly, with the blur that shrinking needs: Lanczos for whole photos, averaged bilinear samples for warps.
        case lanczos
    }

    public var name: String
    public var alignment: Alignment
    public var interpolation: Interpolation
    public var normalization: Normalization

    public init(
        name: String, alignment: Alignment, interpolation: Interpolation = .lanczos, normalization: Normalization
    ) {
        self.name = name
        self.alignment = alignment
        self.interpolation = interpolation
        self.normalization = normalization
    }
}

extension PreprocessingProfile {
    /// The assignment's: the whole photo, nearest-neighbour resize, then `pixel / 255`.
    public static let assignment = PreprocessingProfile(
        name: "assignment", alignment: .wholePhoto, interpolation: .nearest, normalization: .unit)
    /// Photos that are cut to the face already: all of each, to mean 0 and standard deviation 1.
    public static let standardized = PreprocessingProfile(
        name: "standardized", alignment: .wholePhoto, normalization: .standardized)
    /// As FaceNet's weights were trained: the face's box with a margin, to mean 0 and standard deviation 1.
    public static let box = PreprocessingProfile(name: "box", alignment: .box, normalization: .standardized)
    /// What suits FaceNet's weights best: the landmarks on the template, to mean 0 and standard deviation 1.
    public static let warp = PreprocessingProfile(name: "warp", alignment: .arcFaceTight, normalization: .standardized)
    /// The landmarks on the template, `(pixel − 127.5) / 127.5`, as the ArcFace family of encoders expects.
    public static let arcFace = PreprocessingProfile(name: "arcface", alignment: .arcFace, normalization: .centered)
    /// The landmarks on the template and the pixel values 0…255 as they are, as SFace expects.
    public static let sFace = PreprocessingProfile(name: "sface", alignment: .arcFace, normalization: .raw)

    /// All named profiles.
    public static let all = [warp, box, arcFace, sFace, assignment, standardized]

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
