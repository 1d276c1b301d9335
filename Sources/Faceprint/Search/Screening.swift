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
struct Screening: RowScan {
    /// A multiple of the rows of a tile, on every processor.
    static let rowsAtOnce = 192

    private let batch: QueryBatch
    /// `[panel][dimension][16]`: the queries, transposed.
    private let panels: [Float]
    /// (1 − ε)‖q‖², by query.
    private let norms: [Float]

    init(for batch: QueryBatch) {
        let dimension = batch.dimension
        let width = Int(fp_panel_width)
        var panels = [Float](repeating: 0, count: (batch.count + width - 1) / width * dimension * width)
        for query in 0..<batch.count {
            let start = query / width * dimension * width + query % width
            for (i, value) in batch.vector(query).prefix(dimension).enumerated() { panels[start + i * width] = value }
        }
        self.batch = batch
        self.panels = panels
        norms = batch.squaredNorms.map { $0 * Screening.allowance(dimension) }
    }

    func scan(_ part: RowsInMemory, into nearest: inout [NearestRows]) {
        let width = Int(fp_panel_width)
        let storage = part.storage
        var thresholds = [Float](repeating: 0, count: (norms.count + width - 1) / width * width)
        withUnsafeTemporaryAllocation(of: fp_pair.self, capacity: Screening.rowsAtOnce * norms.count) { pairs in
            for start in stride(from: part.rows.lowerBound, to: part.rows.upperBound, by: Screening.rowsAtOnce) {
                for query in norms.indices {
                    thresholds[query] = Screening.threshold(norm: norms[query], limit: nearest[query].limit)
                }
                let found = fp_screen(
                    storage.rows + start * storage.stride, storage.offsets + start,
                    min(Screening.rowsAtOnce, part.rows.upperBound - start), storage.stride, storage.dimension,
                    panels, thresholds, norms.count, pairs.baseAddress!)
                batch.offer(pairs[..<found], from: start, of: part, to: &nearest)
            }
        }
    }

    /// ((1 − ε)‖q‖² − limit)/2, for a norm of (1 − ε)‖q‖².
    static func threshold(norm: Float, limit: Float) -> Float {
        // The least normal number makes up for products that are too small to have all digits.
        (norm - limit) / 2 - .leastNormalMagnitude
    }

    /// (1 − ε)‖x‖²/2, or not a number, which passes every screening, for a row whose norm is out of range.
    static func offset(of row: UnsafePointer<Float>, dimension: Int) -> Float {
        let norm = fp_squared_norm(row, dimension)
        return norm.isFinite ? norm * allowance(dimension) / 2 : .nan
    }

    /// 1 − ε.
    static func allowance(_ dimension: Int) -> Float { 1 - Float(dimension + 8) * 0x1p-21 }
}
