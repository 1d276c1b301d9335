import CKernels

/// Measures every row's distance to one query.
struct FullScan: RowScan {
    private let query: [Float]
    private let filter: RowFilter?

    /// - Precondition: The batch is of one query.
    init(for batch: QueryBatch) {
        query = batch.values
        filter = batch.filter
    }

    func scan(_ part: RowsInMemory, into nearest: inout [NearestRows]) {
        let storage = part.storage
        withUnsafeTemporaryAllocation(of: Float.self, capacity: part.rows.count) { distances in
            fp_squared_distances(
                query, storage.rows + part.rows.lowerBound * storage.stride, part.rows.count, storage.stride,
                distances.baseAddress!)
            for (i, row) in part.rows.enumerated() where distances[i] <= nearest[0].limit {
                let number = part.first + row
                if let filter, !filter(number) { continue }
                nearest[0].offer(row: number, squaredDistance: distances[i])
            }
        }
    }
}
