import Faceprint
import TestSupport
import Testing

@Suite("ExactIndex")
struct ExactIndexTests {
    /// Rows and dimension: about the sizes of the kernels' tiles, steps and blocks.
    static let shapes = [
        (0, 16), (1, 3), (5, 512), (63, 100), (64, 128), (65, 1), (191, 16), (193, 33), (1000, 128), (10_007, 16),
    ]

    @Test(arguments: shapes)
    func `It finds what measuring every row in double precision finds`(rows: Int, dimension: Int) throws {
        var random = SeededRandom(seed: UInt64(rows))
        let vectors = (0..<rows).map { _ in random.vector(dimension) }
        let index = try makeIndex(of: vectors, dimension: dimension)
        let queries = (0..<3).map { _ in random.vector(dimension) } + vectors.suffix(1)
        for k in [0, 1, 10, rows + 5] where k < 100 || rows < 1000 {
            let batch = try index.search(queries, nearest: k)
            #expect(batch.count == queries.count)
            for (query, found) in zip(queries, batch) {
                expect(found, matches: measured(vectors, from: query), first: min(k, rows))
                #expect(try index.search(query, nearest: k) == found)
            }
        }
    }

    @Test(arguments: [SearchPrecision.float32, .int8], [1, 7, 64, 100])
    func `Within a radius it finds all rows that are no farther, and the nearest where few are wanted`(
        precision: SearchPrecision, size: Int
    ) throws {
        var random = SeededRandom(seed: 11)
        let vectors = (0..<700).map { _ in random.vector(24) }
        let index = try makeIndex(of: vectors, dimension: 24, precision: precision)
        let queries = Array(vectors.prefix(size))
        let all = try index.search(queries, nearest: 700)
        // The distance of a row itself, so that rows lie exactly on the edge.
        for radius in [0, all[0][1].distance, all[0][40].distance, 100] {
            let expected = all.map { $0.filter { $0.distance <= radius } }
            #expect(try index.search(queries, within: radius) == expected)
            #expect(try index.search(queries, within: radius, nearest: 5) == expected.map { Array($0.prefix(5)) })
        }
        for radius in [-1, -Float.infinity, .nan] {
            #expect(try index.search(queries, within: radius) == queries.map { _ in [] })
        }
    }

    @Test(arguments: [0, 1, 2, 16, 17, 63, 64, 65, 130])
    func `A batch finds what its queries find alone`(size: Int) throws {
        var random = SeededRandom(seed: 7)
        let index = try makeIndex(of: (0..<500).map { _ in random.vector(24) }, dimension: 24)
        let queries = (0..<size).map { _ in random.vector(24) }
        let alone = try queries.map { try index.search($0, nearest: 10) }
        #expect(try index.search(queries, nearest: 10) == alone)
    }

    @Test func `Many blocks shared out among threads give one order, ties by row`() throws {
        // 40 different vectors over and over, 512 numbers each, so that there are many blocks of rows.
        var random = SeededRandom(seed: 8)
        let originals = (0..<40).map { _ in random.vector(512) }
        var index = ExactIndex(dimension: 512)
        let all = (0..<100).flatMap { _ in originals.flatMap { $0 } }
        try all.withUnsafeBufferPointer { try index.append(rows: $0) }
        #expect(index.count == 4000)
        let expected = (0..<20).map { Neighbour(row: 7 + 40 * $0, squaredDistance: 0) }
        for _ in 0..<5 {
            #expect(try index.search(originals[7], nearest: 20) == expected)
            #expect(try index.search([originals[7], originals[7]], nearest: 20) == [expected, expected])
        }
    }

    @Test(arguments: [1e-20, 1, 1e4, 1e18] as [Float])
    func `Vectors of any size are searched right`(scale: Float) throws {
        // Nearly the same long vector, where ‖a‖² + ‖b‖² − 2a·b has no digit left.
        var random = SeededRandom(seed: 9)
        let centre = random.vector(100, scale: scale)
        let vectors = (0..<300).map { _ in zip(centre, random.vector(100, scale: scale * 1e-4)).map { $0 + $1 } }
        let index = try makeIndex(of: vectors, dimension: 100)
        let queries = [centre, vectors[17]]
        let found = try index.search(queries, nearest: 10)
        for (query, found) in zip(queries, found) {
            #expect(try index.search(query, nearest: 10) == found)
            // Squares of the smallest are below the range of floats: all distances are 0.
            if scale >= 1 { expect(found, matches: measured(vectors, from: query), first: 10) }
        }
        #expect(found[1][0] == Neighbour(row: scale >= 1 ? 17 : 0, squaredDistance: 0))
    }

    @Test func `Numbers out of range neither crash nor hide the others`() throws {
        let large = Float.greatestFiniteMagnitude
        let index = try makeIndex(of: [[0, .nan], [large, large], [3, 4], [.infinity, 0], [0, 0]], dimension: 2)
        let (near, far) = (Neighbour(row: 4, squaredDistance: 0), Neighbour(row: 2, squaredDistance: 25))
        let infinite = [1, 3].map { Neighbour(row: $0, squaredDistance: .infinity) }
        #expect(try index.search([[0, 0], [.nan, 0]], nearest: 9) == [[near, far] + infinite, []])
        #expect(try index.search([0, 0], nearest: 2) == [near, far])
        #expect(try index.search([.nan, 0], nearest: 2) == [])
        let same = Neighbour(row: 1, squaredDistance: 0)
        #expect(try index.search([[large, large], [0, 0]], nearest: 1) == [[same], [near]])
    }

    @Test func `A copy is a value of its own`() throws {
        var first = try makeIndex(of: [[1, 0], [0, 1]], dimension: 2)
        var second = first
        try second.append([5, 5])
        try first.append([9, 9])
        second.reserveCapacity(1000)
        #expect((first.count, second.count) == (3, 3))
        #expect(try first.search([5, 5], nearest: 1) == [Neighbour(row: 2, squaredDistance: 32)])
        #expect(try second.search([5, 5], nearest: 1) == [Neighbour(row: 2, squaredDistance: 0)])
    }

    @Test func `An empty index and a count of none find nothing`() throws {
        let empty = ExactIndex(dimension: 4)
        #expect((empty.count, empty.dimension) == (0, 4))
        #expect(try empty.search([1, 2, 3, 4], nearest: 3) == [])
        #expect(try empty.search([[1, 2, 3, 4], [0, 0, 0, 0]], nearest: 3) == [[], []])
        let one = try makeIndex(of: [[1]], dimension: 1)
        #expect(try one.search([1], nearest: -1) == [])
        #expect(try one.search([1], nearest: .max).count == 1)
    }

    @Test func `Vectors of another dimension are refused`() throws {
        var index = ExactIndex(dimension: 2)
        #expect(throws: FaceprintError.wrongShape(what: "vector to index", expected: "[2]", found: "[3]")) {
            try index.append([1, 2, 3])
        }
        let five: [Float] = [1, 2, 3, 4, 5]
        #expect(
            throws: FaceprintError.wrongShape(what: "vectors to index", expected: "[rows][2]", found: "5 numbers")
        ) {
            try five.withUnsafeBufferPointer { try index.append(rows: $0) }
        }
        #expect(throws: FaceprintError.wrongShape(what: "query", expected: "[2]", found: "[0]")) {
            try index.search([Float](), nearest: 1)
        }
        #expect(throws: FaceprintError.wrongShape(what: "query 1", expected: "[2]", found: "[1]")) {
            try index.search([[1, 2], [1]], nearest: 1)
        }
        #expect(index.count == 0)
    }

    private func makeIndex(
        of vectors: [[Float]], dimension: Int, precision: SearchPrecision = .float32
    ) throws -> ExactIndex {
        var index = ExactIndex(dimension: dimension, precision: precision)
        for vector in vectors { try index.append(vector) }
        return index
    }

    /// The squared distance of each row, in double precision.
    private func measured(_ vectors: [[Float]], from query: [Float]) -> [Double] {
        vectors.map { vector in
            var sum = 0.0
            for i in query.indices {
                let difference = Double(vector[i]) - Double(query[i])
                sum += difference * difference
            }
            return sum
        }
    }

    /// Rows whose true distances agree to float precision may change places; everything else is certain.
    private func expect(_ found: [Neighbour], matches distances: [Double], first count: Int) {
        #expect(found.count == count)
        #expect(Set(found.map(\.row)).count == count)
        #expect(found == found.sorted())
        for (neighbour, nearest) in zip(found, distances.sorted()) {
            let tolerance = 1e-6 * nearest
            #expect(abs(Double(neighbour.squaredDistance) - nearest) <= tolerance)
            #expect(abs(distances[neighbour.row] - nearest) <= tolerance)
        }
    }
}
