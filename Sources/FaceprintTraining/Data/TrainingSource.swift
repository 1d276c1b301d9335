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
        try loader.photos(
            places.map { entries[$0] }, seeds: seeds ?? [UInt64?](repeating: nil, count: places.count))
    }
}
