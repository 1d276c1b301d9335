/// The few pairs with the smallest distance (sign 1) or the largest (sign −1), ties by their places.
struct WorstPairs: Sendable {
    private(set) var pairs: [AllPairs.Measured] = []
    private let capacity: Int
    private let sign: Float
    /// A pair beyond that, times sign, is none of them.
    private var limit: Float

    init(capacity: Int, sign: Float) {
        self.capacity = capacity
        self.sign = sign
        limit = capacity > 0 ? .infinity : -.infinity
    }

    mutating func offer(_ first: Int, _ second: Int, _ distance: Float) {
        guard distance * sign <= limit else { return }
        pairs.append(AllPairs.Measured(first: first, second: second, distance: distance))
        guard pairs.count >= 2 * capacity + 64 else { return }
        pairs = sorted
        if let last = pairs.last { limit = last.distance * sign }
    }

    var sorted: [AllPairs.Measured] {
        let inOrder = pairs.sorted {
            ($0.distance * sign, $0.first, $0.second) < ($1.distance * sign, $1.first, $1.second)
        }
        return Array(inOrder.prefix(capacity))
    }
}
