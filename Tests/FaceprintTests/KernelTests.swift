import CKernels
import TestSupport
import Testing

@Suite("Kernels")
struct KernelTests {
    static let lengths = [0, 1, 3, 16, 31, 32, 33, 64, 100, 128, 512]

    @Test(arguments: lengths)
    func `The squared distance is the sum of squared differences`(length: Int) {
        var random = SeededRandom(seed: 1)
        let a = random.vector(length, scale: 10)
        let b = random.vector(length)
        let expected = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
        let found = Double(fp_squared_distance(a, b, length))
        #expect(abs(found - expected) <= 1e-6 * expected)
        #expect(fp_squared_distance(b, a, length) == fp_squared_distance(a, b, length))
        #expect(fp_squared_distance(a, a, length) == 0)
    }

    @Test(arguments: lengths)
    func `The squared norm is the sum of squares`(length: Int) {
        var random = SeededRandom(seed: 2)
        let a = random.vector(length, scale: 3)
        let expected = a.reduce(0.0) { $0 + Double($1) * Double($1) }
        #expect(abs(Double(fp_squared_norm(a, length)) - expected) <= 1e-6 * expected)
    }

    @Test(arguments: [1, 31, 33, 100])
    func `Zeros at the end change no bit of a distance`(length: Int) {
        var random = SeededRandom(seed: 3)
        let a = random.vector(length)
        let b = random.vector(length)
        let zeros = [Float](repeating: 0, count: 128 - length)
        #expect(fp_squared_distance(a + zeros, b + zeros, 128) == fp_squared_distance(a, b, length))
    }

    @Test func `Many distances are the same as one at a time`() {
        var random = SeededRandom(seed: 4)
        for length in Self.lengths {
            let query = random.vector(length)
            let rows = random.vector(5 * length)
            var distances = [Float](repeating: -1, count: 5)
            fp_squared_distances(query, rows, 5, length, &distances)
            let expected = (0..<5).map { fp_squared_distance(query, Array(rows[($0 * length)...]), length) }
            #expect(distances == expected, "of \(length) numbers")
        }
    }

    /// Rows and queries of small whole numbers, so that products are exact whatever their order.
    @Test(arguments: [1, 11, 12, 13, 30], [1, 15, 16, 17, 33, 64])
    func `Screening finds the pairs at or above their threshold`(rowCount: Int, queryCount: Int) {
        let (length, stride) = (19, 32)
        var random = SeededRandom(seed: UInt64(100 * rowCount + queryCount))
        func wholeNumbers(_ count: Int) -> [Float] { random.vector(count, scale: 4).map { $0.rounded() } }
        let rows = (0..<rowCount).map { _ in wholeNumbers(stride) }
        let queries = (0..<queryCount).map { _ in wholeNumbers(length) }
        let offsets = wholeNumbers(rowCount)
        let panelCount = (queryCount + 15) / 16
        let thresholds = wholeNumbers(panelCount * 16)
        var panels = [Float](repeating: .nan, count: panelCount * length * 16)
        for (q, query) in queries.enumerated() {
            for i in 0..<length { panels[(q / 16 * length + i) * 16 + q % 16] = query[i] }
        }

        var pairs = [fp_pair](repeating: fp_pair(), count: rowCount * queryCount)
        let found = fp_screen(
            rows.flatMap { $0 }, offsets, rowCount, stride, length, panels, thresholds, queryCount, &pairs)

        var expected: Set<[Int]> = []
        for (r, row) in rows.enumerated() {
            for (q, query) in queries.enumerated() {
                let product = zip(row, query).reduce(0) { $0 + $1.0 * $1.1 }
                if product - offsets[r] >= thresholds[q] { expected.insert([r, q]) }
            }
        }
        #expect(found == expected.count)
        #expect(Set(pairs[..<found].map { [Int($0.row), Int($0.query)] }) == expected)
    }

    @Test func `Screening lets through what is not a number`() {
        let panels = [Float](repeating: 1, count: 16)
        var pairs = [fp_pair](repeating: fp_pair(), count: 6)
        let thresholds = [Float](repeating: 10, count: 16)
        let found = fp_screen([.nan, 1, 1], [0, .nan, 0], 3, 1, 1, panels, thresholds, 2, &pairs)
        #expect(pairs[..<found].map(\.row) == [0, 0, 1, 1])
    }
}
