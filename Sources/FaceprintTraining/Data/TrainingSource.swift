/// Where the inputs of a network in training come from.
public protocol TrainingSource: Sendable {
    /// How many there are.
    var count: Int { get }

    /// The inputs at some places.
    ///
    /// - Parameter seeds: What random changes of each follow from; nil to take them as they are.
    /// - Returns: `[places.count]` inputs of the network, one after the other.
    func inputs(at places: [Int], seeds: [UInt64]?) throws -> [Float]
}

/// Faces, as the network sees them.
public struct PhotoSource: TrainingSource {
    public let entries: [FaceCutCache.Entry]
    public let loader: BatchLoader

    public init(_ entries: [FaceCutCache.Entry], _ loader: BatchLoader) {
        self.entries = entries
        self.loader = loader
    }

    public var count: Int { entries.count }

    public func inputs(at places: [Int], seeds: [UInt64]?) throws -> [Float] {
        try loader.photos(places.map { entries[$0] }, seeds: seeds)
    }
}

/// What the first layers of a network gave for each photo, computed once: they are frozen, and only what follows learns.
public struct FeatureSource: TrainingSource {
    /// `[variant][photo · length]`: each variant is of the same photos, changed in its own way; the first is unchanged.
    private let variants: [[Float]]
    private let length: Int

    /// - Precondition: At least one variant, all of one size.
    public init(variants: [[Float]], length: Int) {
        precondition(!variants.isEmpty && Set(variants.map(\.count)).count == 1, "as many features in each variant")
        self.variants = variants
        self.length = length
    }

    public var count: Int { variants[0].count / length }

    public func inputs(at places: [Int], seeds: [UInt64]?) throws -> [Float] {
        var inputs: [Float] = []
        inputs.reserveCapacity(places.count * length)
        for (index, place) in places.enumerated() {
            let variant = seeds.map { Int($0[index] >> 33) % variants.count } ?? 0
            inputs += variants[variant][(place * length)..<((place + 1) * length)]
        }
        return inputs
    }
}
