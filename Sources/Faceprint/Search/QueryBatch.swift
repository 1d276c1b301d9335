import CKernels

/// Whether a row may be found, by its number.
typealias RowFilter = @Sendable (_ row: Int) -> Bool

/// Queries that share one reading of the rows.
struct QueryBatch: Sendable {
    /// The most queries of one reading.
    static let limit = 4 * Int(fp_panel_width)

    let dimension: Int
    let count: Int
    /// ‖q‖², by query; not a number where it is out of range.
    let squaredNorms: [Float]
    /// `[count][stride]`, filled up with zeros as the rows are.
    let values: [Float]
    private let stride: Int
    /// Which rows may be found; nil for all.
    let filter: RowFilter?

    /// - Precondition: there is a query, there are at most ``limit``, and each has `dimension` numbers.
    init(_ queries: ArraySlice<[Float]>, dimension: Int, among filter: RowFilter?) {
        self.dimension = dimension
        self.filter = filter
        count = queries.count
        stride = RowStorage.stride(of: dimension)
        var values: [Float] = []
        values.reserveCapacity(count * stride)
        for query in queries {
            values += query
            values += repeatElement(0, count: stride - dimension)
        }
        self.values = values
        squaredNorms = queries.map { query in
            let norm = fp_squared_norm(query, dimension)
            return norm.isFinite ? norm : .nan
        }
    }

    /// A query's numbers, `[stride]`.
    func vector(_ query: Int) -> ArraySlice<Float> { values[(query * stride)..<((query + 1) * stride)] }

    /// Offers a query a row that may be near, at its distance.
    func offer(_ row: Int, of part: RowsInMemory, to query: Int, _ nearest: inout [NearestRows]) {
        let number = part.first + row
        if let filter, !filter(number) { return }
        let distance = values.withUnsafeBufferPointer {
            fp_squared_distance($0.baseAddress! + query * stride, part.storage.rows + row * stride, stride)
        }
        nearest[query].offer(row: number, squaredDistance: distance)
    }

    /// The same for many pairs, whose rows are counted from `start`.
    func offer(
        _ pairs: Slice<UnsafeMutableBufferPointer<fp_pair>>, from start: Int, of part: RowsInMemory,
        to nearest: inout [NearestRows]
    ) {
        for pair in pairs { offer(start + Int(pair.row), of: part, to: Int(pair.query), &nearest) }
    }
}

/// A stretch of rows, and the number that the first row of its storage has in the index.
struct RowsInMemory: Sendable {
    let storage: RowStorage
    let first: Int
    /// Of the storage.
    let rows: Range<Int>
}

/// A way to look through rows for those near to the queries of a batch.
protocol RowScan: Sendable {
    /// Offers each query the rows that are near enough.
    ///
    /// - Parameter nearest: One a query.
    func scan(_ part: RowsInMemory, into nearest: inout [NearestRows])
}
