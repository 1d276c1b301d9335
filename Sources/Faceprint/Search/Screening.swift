import CKernels

/// The cheap first look at many pairs of row and query, which leaves only few to be measured.
///
/// ‖x − q‖² = ‖x‖² + ‖q‖² − 2x·q, and all the products x·q of many rows and queries are one matrix product,
/// the fastest thing a processor can do. But the formula cancels: for near vectors most of its digits are
/// lost. So it only screens. With ε above its largest relative error, every pair with ‖x − q‖² ≤ limit has
///
/// x·q − (1 − ε)‖x‖²/2 ≥ ((1 − ε)‖q‖² − limit)/2,
///
/// as computed; the pairs that pass are measured by the difference itself, and the result is exact.
///
/// ε: a sum of n products in floats, in any order, is off by at most n·2⁻²⁴ of the sum of the products' sizes
/// (Higham, *Accuracy and Stability of Numerical Algorithms*, 2002, section 3.1). By |x·q| ≤ (‖x‖² + ‖q‖²)/2
/// the errors of the product, both norms, the offset and the distance compared come to no more than
/// 5(n + 3)·2⁻²⁴ of ‖x‖² + ‖q‖²; 8(n + 8)·2⁻²⁴ leaves room for what is of second order.
struct Screening {
    /// The queries that share one reading of the rows.
    static let queriesAtOnce = 4 * Int(fp_panel_width)
    /// A multiple of the rows of a tile, on every processor.
    static let rowsAtOnce = 192

    private let storage: RowStorage
    /// `[queryCount][stride]`.
    private let queries: [Float]
    /// `[panel][dimension][16]`: the same, transposed.
    private let panels: [Float]
    /// (1 − ε)‖q‖², by query.
    private let norms: [Float]

    /// - Precondition: there is a query, there are at most ``queriesAtOnce``, and each has the storage's dimension.
    init(of storage: RowStorage, for vectors: ArraySlice<[Float]>) {
        let dimension = storage.dimension
        let width = Int(fp_panel_width)
        let panelCount = (vectors.count + width - 1) / width
        var queries = [Float](repeating: 0, count: vectors.count * storage.stride)
        var panels = [Float](repeating: 0, count: panelCount * dimension * width)
        for (query, vector) in vectors.enumerated() {
            let start = query / width * dimension * width + query % width
            for i in 0..<dimension {
                queries[query * storage.stride + i] = vector[i]
                panels[start + i * width] = vector[i]
            }
        }
        self.storage = storage
        self.queries = queries
        self.panels = panels
        norms = vectors.map { fp_squared_norm($0, dimension) * Screening.allowance(dimension) }
    }

    /// Offers each query the rows that are near enough.
    func scan(_ rows: Range<Int>, into nearest: inout [NearestRows]) {
        let width = Int(fp_panel_width)
        var thresholds = [Float](repeating: 0, count: (norms.count + width - 1) / width * width)
        withUnsafeTemporaryAllocation(of: fp_pair.self, capacity: Screening.rowsAtOnce * norms.count) { pairs in
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Screening.rowsAtOnce) {
                for query in norms.indices {
                    // The least normal number makes up for products that are too small to have all digits.
                    thresholds[query] = (norms[query] - nearest[query].limit) / 2 - .leastNormalMagnitude
                }
                let found = fp_screen(
                    storage.rows + start * storage.stride, storage.offsets + start,
                    min(Screening.rowsAtOnce, rows.upperBound - start), storage.stride, storage.dimension,
                    panels, thresholds, norms.count, pairs.baseAddress!)
                measure(pairs[..<found], from: start, into: &nearest)
            }
        }
    }

    private func measure(
        _ pairs: Slice<UnsafeMutableBufferPointer<fp_pair>>, from start: Int, into nearest: inout [NearestRows]
    ) {
        let stride = storage.stride
        queries.withUnsafeBufferPointer { queries in
            for pair in pairs {
                let query = Int(pair.query)
                let row = start + Int(pair.row)
                let distance = fp_squared_distance(
                    queries.baseAddress! + query * stride, storage.rows + row * stride, stride)
                nearest[query].offer(row: row, squaredDistance: distance)
            }
        }
    }

    /// (1 − ε)‖x‖²/2, or not a number, which passes every screening, for a row whose norm is out of range.
    static func offset(of row: UnsafePointer<Float>, dimension: Int) -> Float {
        let norm = fp_squared_norm(row, dimension)
        return norm.isFinite ? norm * allowance(dimension) / 2 : .nan
    }

    /// 1 − ε.
    private static func allowance(_ dimension: Int) -> Float { 1 - Float(dimension + 8) * 0x1p-21 }
}
