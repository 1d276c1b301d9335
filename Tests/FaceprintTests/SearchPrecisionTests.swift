import TestSupport
import Testing

@testable import Faceprint

/// A search of bytes finds what one of floats finds, to the last bit.
@Suite struct SearchPrecisionTests {
    static let shapes = [(1, 3), (17, 4), (63, 100), (193, 33), (1000, 128), (5000, 17), (40_000, 6)]
    static let sizes = [1, 2, 9, 65]

    @Test(arguments: shapes)
    func randomVectors(count: Int, dimension: Int) throws {
        var random = SeededRandom(seed: UInt64(count))
        let vectors = (0..<count).map { _ in random.vector(dimension) }
        try expectSame(vectors, queries: (0..<64).map { _ in random.vector(dimension) } + vectors.suffix(1))
    }

    @Test(arguments: [1e-1, 1e-3, 1e-6] as [Float])
    func clustersOfNearDuplicates(spread: Float) throws {
        var random = SeededRandom(seed: 2)
        let centres = (0..<8).map { _ in random.vector(50) }
        func near(_ centre: [Float]) -> [Float] { zip(centre, random.vector(50, scale: spread)).map { $0 + $1 } }
        let vectors = (0..<2000).map { near(centres[$0 % 8]) }
        try expectSame(vectors, queries: centres + centres.map(near) + [vectors[100]])
    }

    @Test(arguments: [0x1p-146, 1e-30, 1e-20, 1e-10, 1e4, 1e18, 1e19, 3e38] as [Float])
    func vectorsOfAnySize(scale: Float) throws {
        var random = SeededRandom(seed: 3)
        let centre = random.vector(40, scale: scale)
        var vectors = (0..<300).map { _ in random.vector(40, scale: scale) }
        vectors += (0..<300).map { _ in zip(centre, random.vector(40, scale: scale * 1e-4)).map { $0 + $1 } }
        try expectSame(vectors, queries: [centre, vectors[0], vectors[400]])
        // Among ordinary ones.
        vectors = zip(vectors, (0..<600).map { _ in random.vector(40) }).flatMap { [$0, $1] }
        try expectSame(vectors, queries: [centre, random.vector(40), [Float](repeating: 0, count: 40)])
    }

    @Test func zerosEqualRowsAndNumbersOutOfRange() throws {
        let large = Float.greatestFiniteMagnitude
        let odd: [[Float]] = [
            [0, 0, 0], [0, 0, 0], [1, 1, 1], [1, 1, 1], [.nan, 0, 0], [.infinity, 1, 0], [-.infinity, 0, 0],
            [large, large, 0], [large, -large, large], [1e19, 1e19, 0], [.leastNonzeroMagnitude, 0, 0],
            [1, .nan, .infinity],
            [1.8e19, 0, 0], [1.85e19, 0, 0],
        ]
        var vectors = odd
        for i in 0..<500 { vectors.append(odd[i % odd.count]) }
        try expectSame(vectors, queries: odd)
        try expectSame([[Float]](repeating: [0.1, 0.2, 0.3], count: 3000), queries: [[0.1, 0.2, 0.3], [0, 0, 0]])
    }

    /// ‖q‖² is out of range, and the distance to a row is not.
    @Test func aQueryWhoseNormIsOutOfRangeFindsItsNeighbours() throws {
        let vectors: [[Float]] = [[0, 0], [1.84e19, 0], [1.83e19, 0]]
        for precision in SearchPrecision.allCases {
            let index = try makeIndex(of: vectors, precision)
            let found = try index.search([[1.85e19, 0], [0, 0]], nearest: 1)
            #expect(found.map { $0.map(\.row) } == [[1], [0]])
        }
    }

    @Test func changedRowsAreSearchedAsTheyAre() throws {
        var random = SeededRandom(seed: 4)
        var indices = SearchPrecision.allCases.map { ExactIndex(dimension: 20, precision: $0) }
        var vectors: [[Float]] = []
        for step in 0..<3000 {
            let vector = random.vector(20, scale: [1e-6, 1, 1e6].randomElement(using: &random)!)
            let row = vectors.indices.randomElement(using: &random)
            switch (row, Int.random(in: 0..<10, using: &random)) {
            case (let row?, 0..<3):
                vectors[row] = vectors[vectors.count - 1]
                vectors.removeLast()
                for i in indices.indices { indices[i].remove(row) }
            case (let row?, 3..<6):
                vectors[row] = vector
                for i in indices.indices { try indices[i].replace(row, with: vector) }
            default:
                vectors.append(vector)
                for i in indices.indices { try indices[i].append(vector) }
            }
            guard step.isMultiple(of: 50) else { continue }
            let expected = try makeIndex(of: vectors, .float32).search([vector], nearest: 20)
            for index in indices {
                #expect(index.count == vectors.count)
                #expect(try index.search([vector], nearest: 20) == expected)
            }
        }
    }

    @Test(arguments: SearchPrecision.allCases)
    func aCopyKeepsItsRowsWhenTheOtherChanges(precision: SearchPrecision) throws {
        var random = SeededRandom(seed: 5)
        // More rows than one stretch of memory holds.
        let dimension = 4096
        var index = ExactIndex(dimension: dimension, precision: precision)
        let vectors = (0..<(index.rowsInChunk + 300)).map { _ in random.vector(dimension) }
        for vector in vectors { try index.append(vector) }
        let before = index
        try index.replace(3, with: vectors[7])
        index.remove(5)
        #expect(try before.search(vectors[3], nearest: 1).map(\.row) == [3])
        #expect(try before.search(vectors[5], nearest: 1).map(\.row) == [5])
        #expect(try index.search(vectors[7], nearest: 2).map(\.row) == [3, 7])
        #expect(try index.search(vectors.last!, nearest: 1).map(\.row) == [5])
        #expect((before.count, index.count) == (vectors.count, vectors.count - 1))
        // What wasn't changed is still shared.
        #expect(before.chunks[1] !== index.chunks[1])
        var third = index
        third.remove(0)
        #expect(third.chunks[1] !== index.chunks[1])
        while third.count > 0 { third.remove(third.count - 1) }
        #expect(try third.search(vectors[0], nearest: 1) == [])
        for vector in vectors.prefix(50) { try third.append(vector) }
        #expect(try third.search(vectors[31], nearest: 1).map(\.row) == [31])
    }

    @Test(arguments: SearchPrecision.allCases)
    func memoryIsWhatIsStated(precision: SearchPrecision) throws {
        for (dimension, float32, int8) in [(128, 516, 652.5), (256, 1028, 1292.5), (3, 132, 144.5)] {
            var index = ExactIndex(dimension: dimension, precision: precision)
            index.reserveCapacity(1600)
            let stated = ExactIndex.bytesPerVector(dimension: dimension, precision: precision)
            #expect(Double(index.memory) == 1600 * stated)
            #expect(stated == (precision == .float32 ? Double(float32) : int8))
        }
    }

    private func makeIndex(of vectors: [[Float]], _ precision: SearchPrecision) throws -> ExactIndex {
        var index = ExactIndex(dimension: vectors.first?.count ?? 20, precision: precision)
        for vector in vectors { try index.append(vector) }
        return index
    }

    private func expectSame(_ vectors: [[Float]], queries: [[Float]]) throws {
        let floats = try makeIndex(of: vectors, .float32)
        let bytes = try makeIndex(of: vectors, .int8)
        for k in [1, 2, 10, 100, vectors.count] where k <= 1000 {
            let expected = try queries.map { try floats.search($0, nearest: k) }
            for size in Self.sizes {
                let batch = Array(queries.prefix(size))
                #expect(try bytes.search(batch, nearest: k) == Array(expected.prefix(size)))
                #expect(try floats.search(batch, nearest: k) == Array(expected.prefix(size)))
            }
            #expect(try bytes.search(queries.last!, nearest: k) == expected.last)
            let isOdd: RowFilter = { $0 % 3 == 1 }
            let some = Set(vectors.indices.filter(isOdd))
            let filtered = try floats.search([queries[0]], nearest: vectors.count)[0].filter { some.contains($0.row) }
            for index in [floats, bytes] {
                #expect(try index.search([queries[0]], nearest: k, among: isOdd) == [Array(filtered.prefix(k))])
                let listed = try index.search([queries[0]], nearest: k, amongRows: some.sorted())
                #expect(listed == [Array(filtered.prefix(k))])
            }
        }
    }
}
