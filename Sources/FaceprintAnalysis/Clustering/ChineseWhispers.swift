import Faceprint

/// Chinese whispers (Biemann, *Chinese whispers: an efficient graph clustering algorithm*, 2006): in a graph of faces
/// and their neighbours, each face takes again and again the label that its neighbours have most of, by weight.
///
/// It takes time and memory in proportion to the faces' neighbours, so that it does for large sets what
/// ``AverageLinkage`` does for small ones.
struct ChineseWhispers {
    /// A face has at most this many neighbours of its own, the nearest.
    private static let neighbours = 32
    /// Labels have settled long before in all that was seen; a graph in which two sets of labels take turns would
    /// go on for ever.
    private static let rounds = 50

    /// The neighbours of face i are at `starts[i]..<starts[i + 1]`.
    private let starts: [Int]
    private let targets: [Int32]
    private let weights: [Float]

    init(_ search: NeighbourSearch, count: Int, threshold: Float) {
        var edges: [(from: Int32, to: Int32, weight: Float)] = []
        search.forEach(most: Self.neighbours) { face, neighbours in
            for neighbour in neighbours {
                let weight = Self.weight(of: neighbour.distance, threshold: threshold)
                edges.append((Int32(face), Int32(neighbour.row), weight))
            }
        }
        // Both ways: who is among another's nearest is heard by both.
        var starts = [Int](repeating: 0, count: count + 1)
        for edge in edges {
            starts[Int(edge.from) + 1] += 1
            starts[Int(edge.to) + 1] += 1
        }
        for face in 0..<count { starts[face + 1] += starts[face] }
        var free = starts
        var targets = [Int32](repeating: 0, count: starts[count])
        var weights = [Float](repeating: 0, count: starts[count])
        func add(_ from: Int32, _ to: Int32, _ weight: Float) {
            targets[free[Int(from)]] = to
            weights[free[Int(from)]] = weight
            free[Int(from)] += 1
        }
        for edge in edges {
            add(edge.from, edge.to, edge.weight)
            add(edge.to, edge.from, edge.weight)
        }
        self.starts = starts
        self.targets = targets
        self.weights = weights
    }

    /// How loud a neighbour is: 1 at distance 0, 0 at the threshold.
    private static func weight(of distance: Float, threshold: Float) -> Float {
        1 - (distance / threshold) * (distance / threshold)
    }

    /// `[faces]`: a label for each.
    ///
    /// - Parameter seed: Of the order in which faces are asked.
    func labels(seed: UInt64) -> [Int] {
        let count = starts.count - 1
        var random = SplitMix(seed: seed)
        var labels = (0..<count).map { Int32($0) }
        var heard: [Int32: Float] = [:]
        for _ in 0..<Self.rounds {
            var changed = false
            for face in random.shuffled(Array(0..<count)) where starts[face] < starts[face + 1] {
                heard.removeAll(keepingCapacity: true)
                for place in starts[face]..<starts[face + 1] {
                    heard[labels[Int(targets[place])], default: 0] += weights[place]
                }
                let loudest = heard.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }!.key
                if loudest != labels[face] {
                    labels[face] = loudest
                    changed = true
                }
            }
            if !changed { break }
        }
        return labels.map(Int.init)
    }
}
