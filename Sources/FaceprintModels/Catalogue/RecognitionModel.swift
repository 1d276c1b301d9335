import Faceprint
import FaceprintFiles

/// What faces are recognised with: one network, or several whose embeddings stand side by side.
public struct RecognitionModel: Hashable, Sendable {
    /// One of the networks.
    public struct Member: Hashable, Sendable {
        public var model: Model
        /// The factor of its unit vector, before all are normalised together.
        public var weight: Float
        /// Whether its embedding is the mean of the face's and its mirror image's.
        public var isMirrored: Bool

        public init(model: Model, weight: Float, isMirrored: Bool = false) {
            self.model = model
            self.weight = weight
            self.isMirrored = isMirrored
        }
    }

    private struct Identity: Hashable {
        let model: String
        let sha256: String

        init(_ identity: (model: String, sha256: String)) { (model, sha256) = identity }
    }

    public var name: String
    /// At least one.
    public var members: [Member]
    public var thresholds: Thresholds
    /// A network's own; of several, the SHA-256 of a text with a line `HASH WEIGHT` for each member, in their order, which
    /// ends in ` mirrored` where that is so.
    public var sha256: String
    /// The name and SHA-256 of the model that the embeddings count as made by.
    private let identity: Identity

    /// A single network.
    public init(_ model: Model) {
        name = model.manifest.name
        members = [Member(model: model, weight: 1)]
        thresholds = model.manifest.thresholds
        sha256 = model.manifest.sha256
        identity = Identity(model.manifest.identity)
    }

    /// Several networks as one.
    ///
    /// - Parameter original: The name of the fusion in floats, where this is one of its networks in int8.
    public init(name: String, members: [Member], thresholds: Thresholds, original: String? = nil) {
        self.name = name
        self.members = members
        self.thresholds = thresholds
        sha256 = Self.digest(of: members) { $0.sha256 }
        let areInterchangeable = members.allSatisfy { $0.model.manifest.quantization?.isInterchangeable ?? true }
        identity = Identity(
            (areInterchangeable ? original ?? name : name, Self.digest(of: members) { $0.identity.sha256 }))
    }

    private static func digest(of members: [Member], _ sha256: (ModelManifest) -> String) -> String {
        let text = members.map { "\(sha256($0.model.manifest)) \($0.weight)\($0.isMirrored ? " mirrored" : "")\n" }
        return Array(text.joined().utf8).withUnsafeBytes { SHA256.hex(of: $0) }
    }
}

extension RecognitionModel {
    /// Numbers in an embedding: the sum of the members'.
    public var embeddingLength: Int { members.reduce(0) { $0 + $1.model.manifest.embeddingLength } }

    /// What this model's embeddings may be compared with: the original's too, where this is one in int8 that is as good
    /// as it.
    ///
    /// - Parameter profile: How photos are prepared for all members; nil for each member's own profile. Where these
    ///   differ, their names are joined: `warp+sface`.
    public func space(profile: PreprocessingProfile? = nil) -> EmbeddingSpace {
        let names = members.map { (profile ?? $0.model.manifest.preprocessing).name }
        let joined = Set(names).count == 1 ? names[0] : names.joined(separator: "+")
        return EmbeddingSpace(model: identity.model, modelSHA256: identity.sha256, profile: joined)
    }
}
