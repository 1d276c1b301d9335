import CKernels
import TestSupport
import Testing

@Suite struct ByteKernelTests {
    static let levels = (0..<fp_byte_level_count.rawValue).map { fp_byte_level(rawValue: $0) }.filter(fp_has_byte_level)
    static let lengths = [1, 3, 4, 5, 16, 19, 33, 128, 511]

    @Test(arguments: lengths, [0, 0x1p-140, 1e-20, 1, 1e30] as [Float])
    func `What rounding loses is no more than the bounds say`(length: Int, scale: Float) {
        var random = SeededRandom(seed: UInt64(length))
        let vector = random.vector(length, scale: scale)
        var numbers = [Int8](repeating: 99, count: length + 1)
        let rounded = fp_quantize(vector, length, &numbers)
        var (norm, error) = (0.0, 0.0)
        for (value, number) in zip(vector, numbers) {
            let approximation = Double(rounded.scale) * Double(number)
            norm += approximation * approximation
            error += (Double(value) - approximation) * (Double(value) - approximation)
        }
        #expect(Double(rounded.norm) >= norm.squareRoot())
        #expect(Double(rounded.error) >= error.squareRoot())
        #expect(Double(rounded.error) <= error.squareRoot() * 1.000001 + 1e-44)
        #expect(numbers[length] == 99)
        // Half a step of the scale in each number, where there are whole steps.
        if scale >= 1e-20 { #expect(error.squareRoot() <= 0.501 * Double(rounded.scale) * Double(length).squareRoot()) }
        if scale >= 1e-20 { #expect(numbers[..<length].contains { abs($0) == 127 }) }
    }

    /// A product that is exactly at the threshold passes, and the next float above it does not.
    @Test(arguments: levels, lengths)
    func `Every level of processor computes the very products`(level: fp_byte_level, length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        for (rowCount, queryCount) in [(1, 1), (16, 2), (17, 3), (48, 8), (49, 9), (100, 64)] {
            let rows = (0..<rowCount).map { _ in bytes(length, &random) }
            let queries = (0..<queryCount).map { _ in bytes(length, &random) }
            let products = rows.map { row in
                queries.map { query in zip(row, query).reduce(0) { $0 + Int($1.0) * Int($1.1) } }
            }
            let thresholds = (0..<queryCount).map { Float(products[$0 % rowCount][$0]) }
            for thresholds in [thresholds, thresholds.map(\.nextUp)] {
                var expected: Set<[Int]> = []
                for row in 0..<rowCount {
                    for query in 0..<queryCount where Float(products[row][query]) >= thresholds[query] {
                        expected.insert([row, query])
                    }
                }
                #expect(screen(level, rows, queries, thresholds) == expected)
            }
        }
    }

    @Test(arguments: levels)
    func `The largest numbers don't overflow`(level: fp_byte_level) {
        let length = 1 << 17
        let row = [Int8](repeating: 127, count: length)
        let opposite = [Int8](repeating: -127, count: length)
        let product = Float(127 * 127 * length)
        #expect(screen(level, [row, opposite], [row], [product]) == [[0, 0]])
        #expect(screen(level, [row, opposite], [opposite], [-product]) == [[0, 0], [1, 0]])
        #expect(screen(level, [row, opposite], [opposite], [(-product).nextUp]) == [[1, 0]])
    }

    @Test(arguments: levels)
    func `Scale, offset and margin count`(level: fp_byte_level) {
        // 2 · 0.5 · 3 − 1 = 2, and the margin is 0.25 · 4 + 0.5 · 2 = 2.
        let query = fp_byte_query(
            rounded: fp_quantization(scale: 0.5, norm: 9, error: 2), norm: 4, bias: -128 * 3)
        func found(threshold: Float, offset: Float = 1) -> Bool {
            var panel = [UInt8](repeating: 0, count: 3 * 64)
            fp_set_panel_row(&panel, 1, 0, [1, 0, 0, 0], 2, offset)
            var pair = fp_pair()
            return fp_screen_bytes(
                level, panel, [fp_margin(error: 0.25, norm: 0.5)], 1, 1, [query], [3, 0, 0, 0], [threshold], 1, &pair)
                == 1
        }
        #expect(found(threshold: 4))
        #expect(!found(threshold: Float(4).nextUp))
        #expect(found(threshold: .nan))
        #expect(found(threshold: 1000, offset: .nan))
    }

    /// Numbers −127…127, some of them the largest.
    private func bytes(_ count: Int, _ random: inout SeededRandom) -> [Int8] {
        (0..<count).map { _ in
            Bool.random(using: &random)
                ? .random(in: -127...127, using: &random) : [-127, 127].randomElement(using: &random)!
        }
    }

    /// The pairs found, with all scales 1, no offsets and no margin.
    private func screen(
        _ level: fp_byte_level, _ rows: [[Int8]], _ queries: [[Int8]], _ thresholds: [Float]
    ) -> Set<[Int]> {
        let groups = (rows[0].count + 3) / 4
        let padding = [Int8](repeating: 0, count: 4 * groups - rows[0].count)
        let panelSize = (2 + groups) * 64
        var panels = [UInt8](repeating: 0, count: (rows.count + 15) / 16 * panelSize)
        for (i, row) in rows.enumerated() {
            panels.withUnsafeMutableBufferPointer {
                fp_set_panel_row($0.baseAddress! + i / 16 * panelSize, groups, i % 16, row + padding, 1, 0)
            }
        }
        let margins = [fp_margin](repeating: fp_margin(error: 0, norm: 0), count: (rows.count + 15) / 16)
        let known = queries.map { query in
            fp_byte_query(
                rounded: fp_quantization(scale: 1, norm: 0, error: 0), norm: 0,
                bias: -128 * query.reduce(0) { $0 + Int32($1) })
        }
        var pairs = [fp_pair](repeating: fp_pair(), count: rows.count * queries.count)
        let found = fp_screen_bytes(
            level, panels, margins, rows.count, groups, known, queries.flatMap { $0 + padding }, thresholds,
            queries.count, &pairs)
        return Set(pairs[..<found].map { [Int($0.row), Int($0.query)] })
    }
}
