import Faceprint

/// How the distances of pairs of photos spread that show one person, and of those that show two: what a model's
/// calibration saw. Stands as `distances.json` in the model's folder of the catalogue.
public struct DistanceDistributions: Hashable, Sendable, Codable {
    /// Of this file's form.
    public var version = 1
    /// What made the embeddings that were measured.
    public var space: EmbeddingSpace
    /// Which photos were measured, for people.
    public var source: String
    /// How many pairs of one person lie in each of ``binCount`` equal parts of 0…2. A distance on the border of two
    /// belongs to the lower one.
    public var genuine: [Int]
    /// The same for pairs of two people.
    public var impostor: [Int]

    /// Parts of 0.01.
    public static let binCount = 200

    public init(space: EmbeddingSpace, source: String, genuine: [Int], impostor: [Int]) {
        self.space = space
        self.source = source
        self.genuine = genuine
        self.impostor = impostor
    }
}

extension DistanceDistributions {
    /// Whether they are of embeddings that a space's can be compared with; its model may have got another name.
    public func fits(_ other: EmbeddingSpace) -> Bool {
        space.modelSHA256 == other.modelSHA256 && space.profile == other.profile
    }

    /// The share of pairs that are as near as a distance, or nearer, 0…1. Within a part pairs count as evenly spread.
    ///
    /// - Parameter bins: ``genuine`` or ``impostor``.
    public static func share(of bins: [Int], atMost distance: Float) -> Double {
        let total = bins.reduce(0, +)
        guard total > 0, distance > 0 else { return 0 }
        let place = Double(distance) / 2 * Double(bins.count)
        let whole = min(Int(min(place, Double(bins.count))), bins.count)
        let before = bins[..<whole].reduce(0, +)
        let partial = whole < bins.count ? Double(bins[whole]) * (place - Double(whole)) : 0
        return (Double(before) + partial) / Double(total)
    }

    /// Whether it makes sense: what stands in a file may be anything.
    var isSensible: Bool {
        version == 1
            && [genuine, impostor].allSatisfy { bins in
                bins.count == Self.binCount && bins.allSatisfy { (0...(1 << 50)).contains($0) }
                    && bins.contains { $0 > 0 }
            }
    }
}
