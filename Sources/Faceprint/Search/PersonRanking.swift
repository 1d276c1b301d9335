/// Ranks people by the mean of their nearest few distances, from rows that come nearest first and may end early.
package struct PersonRanking {
    package typealias Place = (owner: Int, distance: Float)

    private let templateCount: (_ owner: Int) -> Int
    private let nearestTemplates: Int
    /// Each owner's distances so far, no more than count.
    private var distances: [Int: [Float]] = [:]
    /// The owners in the order of their first rows.
    private var owners: [Int] = []
    /// The last distance: all that is still to come is at least as far.
    private var reach: Float = 0

    /// - Parameters:
    ///   - nearestTemplates: How many of an owner's rows count, at least 1.
    ///   - templateCount: How many rows an owner has in all.
    package init(nearestTemplates: Int, templateCount: @escaping (_ owner: Int) -> Int) {
        self.nearestTemplates = nearestTemplates
        self.templateCount = templateCount
    }

    package mutating func add(_ distance: Float, of owner: Int) {
        reach = distance
        if distances[owner] == nil { owners.append(owner) }
        if distances[owner, default: []].count < nearestTemplates { distances[owner, default: []].append(distance) }
    }

    /// Whether no row that is still to come can change who the nearest `wanted` people are, or their distances. Rows
    /// as far as the last one may be still to come, and may have come in another order.
    package func isDecided(for wanted: Int) -> Bool {
        let nearest = owners.filter(isComplete).map { mean(distances[$0] ?? []) }.sorted()
        guard nearest.count >= wanted else { return false }
        // A person without rows yet is no nearer than the reach; one who lacks some will have them there at best.
        let best = owners.lazy.filter { !isComplete($0) }.map(atBest).min() ?? .infinity
        return nearest[wanted - 1] < min(best, reach)
    }

    /// By distance; of equal ones, whose first row came first. People some of whose rows are still to come are left
    /// out: the mean of those that are here would be too small.
    package func nearest(_ wanted: Int) -> [Place] {
        let places = owners.filter(isComplete).map { (owner: $0, distance: mean(distances[$0] ?? [])) }
        let order = places.indices.sorted {
            (places[$0].distance, $0) < (places[$1].distance, $1)
        }
        return order.prefix(wanted).map { places[$0] }
    }

    /// How many distances of an owner count.
    private func needed(_ owner: Int) -> Int { min(nearestTemplates, templateCount(owner)) }

    private func isComplete(_ owner: Int) -> Bool { (distances[owner] ?? []).count >= needed(owner) }

    private func atBest(_ owner: Int) -> Float {
        let known = distances[owner] ?? []
        return mean(known + [Float](repeating: reach, count: needed(owner) - known.count))
    }
}
