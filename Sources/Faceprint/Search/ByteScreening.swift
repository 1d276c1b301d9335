import CKernels

/// ``Screening`` by bytes: it reads a quarter of the memory, and leaves a few more rows to be measured.
///
/// A row x and a query y are rounded to x̂ and ŷ, whole numbers of 8 bits times a scale. By Cauchy and Schwarz
///
/// x·y ≤ x̂·ŷ + ‖x − x̂‖ ‖y‖ + ‖x̂‖ ‖y − ŷ‖,
///
/// so a pair whose right side fails the test of ``Screening`` is out. x̂·ŷ is a sum of whole numbers, without error
/// but for the last three roundings, which the ε there has room for: ‖x̂‖ is below 2.5‖x‖, whatever the dimension.
struct ByteScreening: RowScan {
    private static let level = fp_best_byte_level()

    private let batch: QueryBatch
    private let queries: [fp_byte_query]
    /// `[query][4 · groups]`.
    private let numbers: [Int8]
    /// (1 − ε)‖y‖², by query.
    private let squaredNorms: [Float]

    init(for batch: QueryBatch) {
        let size = 4 * PanelStorage.groups(of: batch.dimension)
        var numbers: [Int8] = []
        var queries: [fp_byte_query] = []
        for query in 0..<batch.count {
            var own = [Int8](repeating: 0, count: size)
            // A query out of range passes all rows.
            var rounded = fp_quantization(scale: .nan, norm: .nan, error: .nan)
            let vector = Array(batch.vector(query))
            if batch.squaredNorms[query].isFinite { rounded = fp_quantize(vector, size, &own) }
            let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
            queries.append(
                fp_byte_query(
                    rounded: rounded, norm: Float(square.squareRoot() * (1 + 0x1p-22)).nextUp,
                    bias: -128 * own.reduce(0) { $0 + Int32($1) }))
            numbers += own
        }
        self.batch = batch
        self.queries = queries
        self.numbers = numbers
        squaredNorms = batch.squaredNorms.map { $0 * Screening.allowance(batch.dimension) }
    }

    func scan(_ part: RowsInMemory, into nearest: inout [NearestRows]) {
        let panels = part.storage.panels!
        var thresholds = [Float](repeating: 0, count: batch.count)
        // Until enough rows are found, all pass, so few are to be looked at.
        let few = Screening.rowsAtOnce
        let many = batch.count < 8 ? 8 * few : few
        withUnsafeTemporaryAllocation(of: fp_pair.self, capacity: many * batch.count) { pairs in
            var start = part.rows.lowerBound
            while start < part.rows.upperBound {
                for query in thresholds.indices {
                    thresholds[query] = Screening.threshold(norm: squaredNorms[query], limit: nearest[query].limit)
                }
                let count = min(nearest[0].limit == .infinity ? few : many, part.rows.upperBound - start)
                let panel = start / PanelStorage.rows
                let found = fp_screen_bytes(
                    ByteScreening.level, panels.panels + panel * panels.panelSize, panels.margins + panel, count,
                    panels.groups, queries, numbers, thresholds, batch.count, pairs.baseAddress!)
                batch.offer(pairs[..<found], from: start, of: part, to: &nearest)
                start += count
            }
        }
    }
}
