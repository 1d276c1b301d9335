import Faceprint
import FaceprintModels

/// The pictures of a batch, as the network takes them.
public struct BatchLoader: Sendable {
    public let cache: FaceCutCache
    public let normalization: Normalization
    public let channels: ModelManifest.Input.ChannelOrder
    public let augmentation: Augmentation

    public init(
        cache: FaceCutCache, normalization: Normalization, channels: ModelManifest.Input.ChannelOrder,
        augmentation: Augmentation
    ) {
        self.cache = cache
        self.normalization = normalization
        self.channels = channels
        self.augmentation = augmentation
    }

    /// - Parameters:
    ///   - seeds: What the changes of each follow from; nil to make none of it.
    /// - Returns: `[entries.count][height][width][3]`.
    public func photos(_ entries: [FaceCutCache.Entry], seeds: [UInt64?]) throws -> [Float] {
        let pictures = try concurrentMap(Array(entries.enumerated())) { place, entry in
            let outer = try cache.image(entry)
            guard let seed = seeds[place] else { return input(cache.cut.inner(of: outer)) }
            var random = SplitMix(seed: seed)
            return input(augmentation(outer, cache.cut, &random))
        }
        var inputs: [Float] = []
        inputs.reserveCapacity(pictures.reduce(0) { $0 + $1.count })
        for picture in pictures { inputs += picture }
        return inputs
    }

    private func input(_ picture: Image) -> [Float] {
        var pixels = picture.pixels
        if channels == .bgr {
            for place in stride(from: 0, to: pixels.count, by: 3) { pixels.swapAt(place, place + 2) }
        }
        return [Float](unsafeUninitializedCapacity: pixels.count) { numbers, count in
            normalization.apply(to: pixels, into: numbers)
            count = pixels.count
        }
    }
}
