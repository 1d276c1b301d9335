/// Several networks that are used as one: their embeddings side by side, each scaled by its weight.
///
/// Stands as `fusion.json` in a catalogue folder of its own. With unit vectors eᵢ and weights wᵢ of the members, the
/// embedding is (w₁e₁, w₂e₂, …) / √Σwᵢ², so that squared distances are the members' own, averaged with weights wᵢ².
public struct Fusion: Hashable, Sendable, Codable {
    /// One of the networks.
    public struct Member: Hashable, Sendable, Codable {
        /// The network's name in the catalogue.
        public var model: String
        /// Of its `model.onnx`, 64 lower-case hexadecimal digits: with another file, thresholds don't hold.
        public var sha256: String
        /// Positive.
        public var weight: Float
        /// Whether its embedding is the mean of the face's and its mirror image's.
        public var isMirrored: Bool

        public init(model: String, sha256: String, weight: Float, isMirrored: Bool = false) {
            self.model = model
            self.sha256 = sha256
            self.weight = weight
            self.isMirrored = isMirrored
        }

        public init(_ model: Model, weight: Float, isMirrored: Bool = false) {
            self.init(
                model: model.manifest.name, sha256: model.manifest.sha256, weight: weight, isMirrored: isMirrored)
        }
    }

    /// Of this file's form.
    public var version = 1
    /// The name in the catalogue.
    public var name: String
    /// One to eight networks; none of them a fusion.
    public var members: [Member]
    public var thresholds: Thresholds
    /// Where the weights come from.
    public var source: String
    public var licence: String
    /// The name of the fusion in floats, where this is one of its networks in int8.
    public var original: String?

    public init(
        name: String, members: [Member], thresholds: Thresholds, source: String, licence: String,
        original: String? = nil
    ) {
        self.name = name
        self.members = members
        self.thresholds = thresholds
        self.source = source
        self.licence = licence
        self.original = original
    }
}

extension Fusion {
    /// What makes it unusable; nil when nothing does. What stands in a file may be anything.
    var problem: String? {
        guard version == 1 else { return "it has version \(version), only 1 is known" }
        guard (1...8).contains(members.count) else { return "it has \(members.count) members; 1 to 8 are possible" }
        for member in members {
            guard ModelCatalogue.isName(member.model) else { return "a member's name can't name a model" }
            guard member.weight.isFinite, member.weight > 0, (member.weight * member.weight).isNormal else {
                return "the weight of “\(member.model)” is \(member.weight), not a positive number"
            }
        }
        return thresholds.areDistances ? nil : "its thresholds are no distances, 0 to 2"
    }
}
