/// A row of an index, and how far it is from the query.
public struct Neighbour: Hashable, Sendable {
    /// The row's number: 0 for the first vector appended.
    public let row: Int
    /// The squared L2 distance, 0 or more; exactly 0 for a copy of the query.
    public let squaredDistance: Float

    /// The L2 distance, 0 or more.
    public var distance: Float { squaredDistance.squareRoot() }

    public init(row: Int, squaredDistance: Float) {
        self.row = row
        self.squaredDistance = squaredDistance
    }
}

extension Neighbour: Comparable {
    /// By distance, then by row: an order without ties, so that a result doesn't depend on who found it first.
    public static func < (a: Neighbour, b: Neighbour) -> Bool {
        a.squaredDistance == b.squaredDistance ? a.row < b.row : a.squaredDistance < b.squaredDistance
    }
}
