/// Agglomerative clustering with average linkage: the two nearest clusters become one again and again, as long as the
/// mean distance between the faces of one and those of the other is within the threshold.
///
/// The nearest-neighbour chain finds the same merges in O(n²) time (Benzécri, 1982; Murtagh, *A survey of recent
/// advances in hierarchical clustering algorithms*, 1983): average linkage is reducible, so two clusters that are each
/// other's nearest stay that whatever else is merged. Distances to a merged cluster follow from Lance and Williams'
/// formula, d(k, i∪j) = (nᵢ·d(k, i) + nⱼ·d(k, j)) / (nᵢ + nⱼ) (*A general theory of classificatory sorting
/// strategies*, 1967).
struct AverageLinkage {
    /// The most faces: their distances take n²/2 numbers of 4 bytes, 800 MB.
    static let limit = 20_000

    private var distances: PairwiseDistances
    /// `[faces]`: how many faces the cluster has that a face stands for.
    private var sizes: [Int]
    private var sets: DisjointSets

    /// - Parameter rows: `[faces][numbers]`, at most ``limit``.
    init(_ rows: [[Float]]) {
        distances = PairwiseDistances(rows)
        sizes = [Int](repeating: 1, count: rows.count)
        sets = DisjointSets(count: rows.count)
    }

    /// `[faces]`: the smallest face of each one's cluster.
    mutating func labels(threshold: Float) -> [Int] {
        // The clusters that may still be merged.
        var open = Array(sizes.indices)
        var chain: [Int] = []
        while !open.isEmpty {
            if chain.isEmpty { chain = [open[0]] }
            let last = chain[chain.count - 1]
            let previous = chain.count > 1 ? chain[chain.count - 2] : nil
            let nearest = nearest(to: last, among: open, preferring: previous)
            guard let nearest, nearest.distance <= threshold else {
                // Nothing is near enough, and by reducibility nothing ever will be.
                open.removeAll { $0 == last }
                chain.removeLast()
                continue
            }
            if nearest.cluster == previous {
                chain.removeLast(2)
                let (kept, merged) = (min(last, nearest.cluster), max(last, nearest.cluster))
                merge(merged, into: kept, among: open)
                open.removeAll { $0 == merged }
            } else {
                chain.append(nearest.cluster)
            }
        }
        return sets.representatives()
    }

    /// The nearest open cluster; of equally near ones the preferred, without which a chain could go round in circles.
    private func nearest(
        to cluster: Int, among open: [Int], preferring preferred: Int?
    ) -> (cluster: Int, distance: Float)? {
        var best = preferred.map { ($0, distances[cluster, $0]) }
        for other in open where other != cluster {
            let distance = distances[cluster, other]
            if distance < best?.1 ?? .infinity { best = (other, distance) }
        }
        return best
    }

    private mutating func merge(_ merged: Int, into kept: Int, among open: [Int]) {
        let (first, second) = (Float(sizes[kept]), Float(sizes[merged]))
        for other in open where other != kept && other != merged {
            distances[kept, other] =
                (first * distances[kept, other] + second * distances[merged, other]) / (first + second)
        }
        sizes[kept] += sizes[merged]
        sets.join(kept, merged)
    }
}
