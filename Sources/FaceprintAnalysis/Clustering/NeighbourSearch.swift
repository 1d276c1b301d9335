import Faceprint

/// Who is within a distance of whom, among all faces.
struct NeighbourSearch {
    private let rows: [[Float]]
    private let index: ExactIndex
    private let threshold: Float

    /// How many faces are looked up at once.
    private static let atOnce = 256

    /// - Parameter rows: `[faces][numbers]`, at least one, all of one length.
    init(_ rows: [[Float]], threshold: Float) {
        var index = ExactIndex(dimension: rows[0].count, precision: .int8)
        index.reserveCapacity(rows.count)
        for row in rows { sameLength { () throws(FaceprintError) in try index.append(row) } }
        self.rows = rows
        self.index = index
        self.threshold = threshold
    }

    /// Calls the body for each face, in their order, with its neighbours: not itself, and nearest first.
    ///
    /// - Parameter most: How many neighbours a face has at most; nil for all within the threshold.
    func forEach(most: Int? = nil, _ body: (_ face: Int, _ neighbours: [Neighbour]) -> Void) {
        for start in stride(from: 0, to: rows.count, by: Self.atOnce) {
            let queries = Array(rows[start...].prefix(Self.atOnce))
            // One more: a face is its own neighbour.
            let found = sameLength { () throws(FaceprintError) in
                try index.search(queries, within: threshold, nearest: most.map { $0 + 1 })
            }
            for (place, neighbours) in found.enumerated() {
                let face = start + place
                let others = neighbours.filter { $0.row != face }
                body(face, most.map { Array(others.prefix($0)) } ?? others)
            }
        }
    }

    /// `[faces]`: the smallest number among all faces that hang together with it, directly or through others.
    func components() -> [Int] {
        var sets = DisjointSets(count: rows.count)
        forEach { face, neighbours in
            for neighbour in neighbours where neighbour.row < face { sets.join(face, neighbour.row) }
        }
        return sets.representatives()
    }
}

/// What the index refuses is vectors of another length, of which there are none here.
private func sameLength<Value>(_ body: () throws(FaceprintError) -> Value) -> Value {
    do {
        return try body()
    } catch {
        preconditionFailure("all rows are of one length: \(error)")
    }
}
