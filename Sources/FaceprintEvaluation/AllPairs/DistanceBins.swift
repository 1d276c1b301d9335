/// How many distances lie in ((i − 1)·resolution, i·resolution], by i.
struct DistanceBins: Sendable {
    private var counts: [Int]

    init(isUsed: Bool = true) {
        // Some above 2, for what rounding makes of opposite vectors.
        counts = isUsed ? [Int](repeating: 0, count: Int(2 / AllPairs.resolution) + 64) : []
    }

    mutating func add(_ distance: Float) {
        let bin = Int((distance / AllPairs.resolution).rounded(.up))
        counts[min(bin, counts.count - 1)] += 1
    }

    mutating func merge(_ other: DistanceBins) {
        for bin in other.counts.indices { counts[bin] += other.counts[bin] }
    }

    /// The counts of `total` distances, of which those that are in no bin are refused.
    func counts(of total: Int) -> DistanceCounts {
        var (values, cumulative): ([Float], [Int]) = ([], [])
        var sum = 0
        for (bin, count) in counts.enumerated() where count > 0 {
            sum += count
            values.append(Float(bin) * AllPairs.resolution)
            cumulative.append(sum)
        }
        return DistanceCounts(
            values: values, cumulative: cumulative, refused: total - sum, resolution: AllPairs.resolution)
    }
}
