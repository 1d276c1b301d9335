import Dispatch
import Faceprint

/// The L2 distance of each pair of rows, once a pair.
struct PairwiseDistances {
    /// Row i > 0 has its distances to the rows before it at i(i − 1)/2.
    private var values: [Float]

    /// - Parameter rows: `[n][numbers]`, all of one length.
    init(_ rows: [[Float]]) {
        let count = rows.count * max(rows.count - 1, 0) / 2
        values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let start = buffer.baseAddress
            DispatchQueue.concurrentPerform(iterations: rows.count) { i in
                for j in 0..<i {
                    (start! + Self.place(i, j)).initialize(
                        to: squaredEuclideanDistance(rows[i], rows[j]).squareRoot())
                }
            }
            initialized = count
        }
    }

    /// - Precondition: `i != j`.
    subscript(i: Int, j: Int) -> Float {
        get { values[i > j ? Self.place(i, j) : Self.place(j, i)] }
        set { values[i > j ? Self.place(i, j) : Self.place(j, i)] = newValue }
    }

    private static func place(_ i: Int, _ j: Int) -> Int { i * (i - 1) / 2 + j }
}
