/// What the first layers of a network gave for each photo, computed once: they are frozen, and only what follows learns.
public struct FeatureSource: TrainingSource {
    /// `[photo][variant · length]`: the variants are of one photo, each changed in its own way; the first is unchanged.
    private let features: [[Float]]
    private let length: Int

    /// - Precondition: As many features for each photo, a multiple of the length.
    public init(_ features: [[Float]], length: Int) {
        precondition(
            features.allSatisfy { !$0.isEmpty && $0.count % length == 0 && $0.count == features[0].count },
            "as many features of each photo")
        self.features = features
        self.length = length
    }

    public var count: Int { features.count }

    public func inputs(at places: [Int], seeds: [UInt64]?) -> [Float] {
        var inputs: [Float] = []
        inputs.reserveCapacity(places.count * length)
        for (index, place) in places.enumerated() {
            let own = features[place]
            let variant = seeds.map { Int($0[index] >> 33) % (own.count / length) } ?? 0
            inputs += own[(variant * length)..<((variant + 1) * length)]
        }
        return inputs
    }
}
