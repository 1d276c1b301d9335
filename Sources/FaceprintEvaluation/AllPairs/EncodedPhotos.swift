import Dispatch
import Faceprint
import Synchronization

/// The photos that have an embedding, out of all that were asked for.
struct EncodedPhotos: Sendable {
    let rows: [[Float]]
    /// A number for each identity, from 0 in the order of first mention, by row.
    let identities: [Int]
    /// The place among all photos, by row.
    let places: [Int]
    /// How many photos there are of each identity, with those that have no embedding.
    let photosByIdentity: [Int]

    /// - Throws: ``EvaluationError/differentCounts(what:expected:found:)``,
    ///   ``EvaluationError/differentSpaces(_:_:)``.
    init(_ embeddings: [Embedding?], _ names: [String]) throws(EvaluationError) {
        guard names.count == embeddings.count else {
            throw .differentCounts(what: "identities", expected: embeddings.count, found: names.count)
        }
        try requireOneSpace(embeddings)
        var numbers: [String: Int] = [:]
        var (rows, identities, places): ([[Float]], [Int], [Int]) = ([], [], [])
        var photosByIdentity: [Int] = []
        for (place, name) in names.enumerated() {
            let number = numbers[name, default: numbers.count]
            numbers[name] = number
            if number == photosByIdentity.count { photosByIdentity.append(0) }
            photosByIdentity[number] += 1
            guard let embedding = embeddings[place] else { continue }
            rows.append(embedding.values)
            identities.append(number)
            places.append(place)
        }
        self.rows = rows
        self.identities = identities
        self.places = places
        self.photosByIdentity = photosByIdentity
    }

    /// Measures all pairs of rows, shared out among the processors in square blocks that stay in their caches.
    ///
    /// - Parameters:
    ///   - empty: What each worker begins with.
    ///   - add: Takes a pair of rows and its L2 distance into a worker's result. Pairs come in no certain order.
    ///   - merge: Takes one worker's result into another's.
    func reduce<Result: Sendable>(
        _ empty: Result, _ add: @Sendable (inout Result, _ first: Int, _ second: Int, _ distance: Float) -> Void,
        merge: (inout Result, Result) -> Void
    ) -> Result {
        let side = 256
        let sides = (rows.count + side - 1) / side
        let nextBlock = Atomic(0)
        let results = Mutex<[Result]>([])
        DispatchQueue.concurrentPerform(iterations: min(sides * sides, 64)) { _ in
            var block = nextBlock.add(1, ordering: .relaxed).oldValue
            guard block < sides * sides else { return }
            var result = empty
            while block < sides * sides {
                let (i, j) = (block / sides * side, block % sides * side)
                if i <= j {
                    measure(i..<min(i + side, rows.count), j..<min(j + side, rows.count)) { add(&result, $0, $1, $2) }
                }
                block = nextBlock.add(1, ordering: .relaxed).oldValue
            }
            results.withLock { $0.append(result) }
        }
        return results.withLock { $0 }.reduce(into: empty, merge)
    }

    private func measure(_ firsts: Range<Int>, _ seconds: Range<Int>, add: (Int, Int, Float) -> Void) {
        // A worker's own copies: to count references to an array that another worker counts too takes far longer
        // than to measure a distance.
        let secondRows = seconds.map { j in rows[j].map { $0 } }
        for i in firsts {
            let row = rows[i].map { $0 }
            for (j, secondRow) in zip(seconds, secondRows) where i < j {
                add(i, j, squaredEuclideanDistance(row, secondRow).squareRoot())
            }
        }
    }
}

/// - Throws: ``EvaluationError/differentSpaces(_:_:)`` unless all embeddings can be compared.
func requireOneSpace(_ embeddings: [Embedding?]) throws(EvaluationError) {
    guard let first = embeddings.lazy.compactMap({ $0 }).first else { return }
    for case let embedding? in embeddings {
        guard embedding.space == first.space else {
            throw .differentSpaces("\(first.space)", "\(embedding.space)")
        }
        guard embedding.count == first.count else {
            throw .differentSpaces("\(first.count) numbers", "\(embedding.count) numbers")
        }
    }
}
