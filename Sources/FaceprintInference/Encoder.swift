import Faceprint
import FaceprintModels

/// Turns faces into embeddings by running a model in OpenVINO.
///
/// A model of several networks gives their unit embeddings side by side, each times its weight, scaled to unit
/// length again.
///
/// ```swift
/// let encoder = try Encoder(try ModelCatalogue().recognitionModel(named: "facenet"))
/// let embedding = try encoder.encode([FaceInPhoto(photo: photo, face: face)])[0]
/// ```
///
/// It may be called from several threads at once. A call blocks its thread while the networks run, so from
/// `async` code call it on a queue or executor of your own.
public final class Encoder: FaceEncoder {
    public let model: RecognitionModel
    public let space: EmbeddingSpace
    /// Whether every network's embedding is the mean of the face's and its mirror image's, and not only where the model
    /// says so: better by a little, at up to twice the time.
    public let isMirrored: Bool
    private let networks: [(encoder: NetworkEncoder, weight: Float, isMirrored: Bool)]

    /// Compiles the networks, or loads them compiled from the cache folder.
    ///
    /// - Parameters:
    ///   - profile: How faces become the networks' input; nil for each manifest's own.
    /// - Throws: ``InferenceError`` for an unknown device, arithmetic that the processor hasn't, or a network that
    ///   OpenVINO refuses.
    public init(
        _ model: RecognitionModel, profile: PreprocessingProfile? = nil, mirrored: Bool = false,
        options: EncoderOptions = EncoderOptions()
    ) throws(InferenceError) {
        self.model = model
        isMirrored = mirrored
        let plain = model.space(profile: profile)
        space =
            mirrored
            ? EmbeddingSpace(
                model: plain.model, modelSHA256: plain.modelSHA256, profile: plain.profile + Self.mirrorMark)
            : plain
        networks = try concurrentMap(model.members) { member throws(InferenceError) in
            (
                try NetworkEncoder(member.model, profile: profile, options: options), member.weight,
                mirrored || member.isMirrored
            )
        }
    }

    /// Ends the profile's name in the space of embeddings that are averaged with the mirror image's.
    public static let mirrorMark = "+mirror"

    /// The arithmetic that was chosen: never ``EncoderOptions/Precision/automatic``.
    public var precision: EncoderOptions.Precision { networks[0].encoder.precision }

    /// Whether faces must be found before they are encoded.
    public var needsFaces: Bool { networks.contains { $0.encoder.profile.alignment.needsFace } }

    /// Whether faces must be found for a model's networks, as long as none is loaded.
    ///
    /// - Parameter profile: nil for each manifest's own.
    public static func needsFaces(_ model: RecognitionModel, profile: PreprocessingProfile? = nil) -> Bool {
        model.members.contains { (profile ?? $0.model.manifest.preprocessing).alignment.needsFace }
    }

    public func encode(_ faces: [FaceInPhoto]) throws -> [Embedding] {
        try encode(prepared: try concurrentMap(faces) { try prepare($0) })
    }

    /// Cuts a face out of its photo, which isn't needed any more then.
    func prepare(_ face: FaceInPhoto) throws -> PreparedFace {
        PreparedFace(cuts: try networks.map { try $0.encoder.cut(face) })
    }

    /// One embedding a face, in the same order.
    ///
    /// - Parameter lane: As of ``NetworkEncoder/outputs(seeing:lane:)``.
    func encode(prepared faces: [PreparedFace], lane: Bool = false) throws -> [Embedding] {
        var numbers = [[Float]](repeating: [], count: faces.count)
        for (place, (encoder, weight, isMirrored)) in networks.enumerated() {
            let units = try units(of: faces.map { $0.cuts[place] }, by: encoder, mirrored: isMirrored, lane: lane)
            for (i, part) in units.enumerated() { numbers[i] += part.map { $0 * weight } }
        }
        return try numbers.map { try Embedding(normalizing: $0, space: space) }
    }

    /// One network's outputs at unit length, averaged with those of the mirror images where that is wanted.
    private func units(
        of cuts: [Image], by encoder: NetworkEncoder, mirrored: Bool, lane: Bool
    ) throws -> [[Float]] {
        func unit(_ numbers: [Float]) throws -> [Float] { try Embedding(normalizing: numbers, space: space).values }
        let outputs = try encoder.outputs(seeing: cuts, lane: lane).map(unit)
        guard mirrored else { return outputs }
        let others = try encoder.outputs(seeing: cuts.map(\.mirrored), lane: lane).map(unit)
        return try zip(outputs, others).map { try unit(zip($0, $1).map(+)) }
    }
}
