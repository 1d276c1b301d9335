/// Many distances, sorted and counted: what rates are computed from.
///
/// Distances from a list are kept as they are. Those of all pairs of many photos (see ``AllPairs``) are rounded up
/// to a multiple of ``resolution``, so that the counts at those multiples are exact.
public struct DistanceCounts: Hashable, Sendable {
    /// The different finite distances, in ascending order.
    public let values: [Float]
    /// How many distances are at most ``values``, one by one.
    public let cumulative: [Int]
    /// Distances that are infinite: pairs with a refused photo.
    public let refused: Int
    /// What distances were rounded up to a multiple of; 0 when they were not.
    public let resolution: Float

    /// Counts distances, in any order. One that isn't a number counts as infinite: nothing accepts it.
    public init(_ distances: [Float]) {
        let sorted = distances.filter(\.isFinite).sorted()
        var values: [Float] = []
        var cumulative: [Int] = []
        for (i, distance) in sorted.enumerated() {
            if distance == values.last {
                cumulative[cumulative.count - 1] = i + 1
            } else {
                values.append(distance)
                cumulative.append(i + 1)
            }
        }
        self.init(values: values, cumulative: cumulative, refused: distances.count - sorted.count, resolution: 0)
    }

    init(values: [Float], cumulative: [Int], refused: Int, resolution: Float) {
        self.values = values
        self.cumulative = cumulative
        self.refused = refused
        self.resolution = resolution
    }

    /// The distances that are finite.
    public var finiteCount: Int { cumulative.last ?? 0 }
    /// All distances, with the refused.
    public var count: Int { finiteCount + refused }

    /// Of the finite distances; nil where there are none.
    public var mean: Double? {
        guard finiteCount > 0 else { return nil }
        var sum = 0.0
        for (i, value) in values.enumerated() {
            sum += Double(value) * Double(cumulative[i] - (i > 0 ? cumulative[i - 1] : 0))
        }
        return sum / Double(finiteCount)
    }

    /// How many distances a threshold accepts: those that are at most as large.
    public func count(atMost threshold: Float) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= threshold { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 0 : cumulative[low - 1]
    }

    /// The largest observed distance that accepts at most so many of all; just below the smallest distance when
    /// that one already accepts more, and 2, the largest of all distances, when there is no finite one.
    func largestThreshold(accepting most: Int) -> Float {
        var (low, high) = (0, cumulative.count)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] <= most { low = middle + 1 } else { high = middle }
        }
        if low > 0 { return values[low - 1] }
        guard let smallest = values.first else { return 2 }
        return max(0, resolution > 0 ? smallest - resolution : smallest.nextDown)
    }
}
