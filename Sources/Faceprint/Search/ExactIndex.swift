import CKernels
import Dispatch
import Synchronization

/// Vectors to be searched for the nearest ones to a query, all of them, in float32: no approximation, so
/// nobody enrolled is overlooked.
///
/// ```swift
/// var index = ExactIndex(dimension: 128)
/// for template in templates { try index.append(template) }
/// let nearest = try index.search(probe, nearest: 10)
/// ```
///
/// A value: copies share their memory until one of them changes. Any vectors will do, of unit length or not.
/// One query reads the rows once, as fast as memory delivers them; a batch of up to 64 reads them once too.
/// The result is the same whatever the number of processors, and the same for a query alone or in a batch.
public struct ExactIndex: Sendable {
    private var storage: RowStorage

    /// An empty index of vectors of `dimension` numbers.
    ///
    /// - Precondition: `dimension > 0`.
    public init(dimension: Int) {
        precondition(dimension > 0, "a vector has at least one number")
        storage = RowStorage(dimension: dimension, capacity: 0)
    }

    /// The numbers of a vector.
    public var dimension: Int { storage.dimension }
    /// The number of vectors.
    public var count: Int { storage.count }

    /// Makes room for `capacity` vectors in all, so that appending them doesn't move the ones before.
    public mutating func reserveCapacity(_ capacity: Int) {
        if capacity > storage.capacity || !isKnownUniquelyReferenced(&storage) {
            storage = RowStorage(copying: storage, capacity: max(capacity, storage.count))
        }
    }

    /// Adds a vector as the row of number ``count``.
    ///
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when it doesn't have ``dimension`` numbers.
    public mutating func append(_ vector: [Float]) throws(FaceprintError) {
        try requireDimension(of: vector, what: "vector to index")
        makeRoom(for: 1)
        vector.withUnsafeBufferPointer { storage.append($0) }
    }

    /// Adds many vectors, `[rows][dimension]`.
    ///
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the numbers are no whole vectors.
    public mutating func append(rows: UnsafeBufferPointer<Float>) throws(FaceprintError) {
        guard rows.count.isMultiple(of: dimension) else {
            throw .wrongShape(
                what: "vectors to index", expected: "[rows][\(dimension)]", found: "\(rows.count) numbers")
        }
        makeRoom(for: rows.count / dimension)
        for start in stride(from: 0, to: rows.count, by: dimension) {
            storage.append(UnsafeBufferPointer(rebasing: rows[start..<(start + dimension)]))
        }
    }

    /// The rows nearest to a query, by distance and then by row.
    ///
    /// A row at a distance that isn't a number is not among them; one at an infinite distance is.
    ///
    /// - Parameters:
    ///   - query: `[dimension]`.
    ///   - k: How many to find. All rows are found when there are no more than that.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the query doesn't have ``dimension``
    ///   numbers.
    public func search(_ query: [Float], nearest k: Int) throws(FaceprintError) -> [Neighbour] {
        try requireDimension(of: query, what: "query")
        return search(byQuery: 1, nearest: k, scan: scan(for: query))[0]
    }

    /// The rows nearest to each of many queries: for each the same as ``search(_:nearest:)`` for it alone, but
    /// faster, because the rows are read once for up to 64 queries.
    ///
    /// - Parameters:
    ///   - queries: `[m][dimension]`.
    ///   - k: How many to find for each.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when a query doesn't have ``dimension``
    ///   numbers.
    public func search(_ queries: [[Float]], nearest k: Int) throws(FaceprintError) -> [[Neighbour]] {
        for (i, query) in queries.enumerated() { try requireDimension(of: query, what: "query \(i)") }
        if queries.count == 1 { return [try search(queries[0], nearest: k)] }
        var found: [[Neighbour]] = []
        for start in stride(from: 0, to: queries.count, by: Screening.queriesAtOnce) {
            let batch = queries[start...].prefix(Screening.queriesAtOnce)
            let screening = Screening(of: storage, for: batch)
            found += search(byQuery: batch.count, nearest: k, scan: screening.scan)
        }
        return found
    }
}

extension ExactIndex {
    /// Offers rows to the searches of one worker, one search a query.
    private typealias Scan = @Sendable (_ rows: Range<Int>, _ nearest: inout [NearestRows]) -> Void

    /// Measures every row.
    private func scan(for query: [Float]) -> Scan {
        let stride = storage.stride
        var padded = query
        padded += repeatElement(0, count: stride - query.count)
        return { [storage, padded] rows, nearest in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count) { distances in
                fp_squared_distances(
                    padded, storage.rows + rows.lowerBound * stride, rows.count, stride, distances.baseAddress!)
                for (i, row) in rows.enumerated() where distances[i] <= nearest[0].limit {
                    nearest[0].offer(row: row, squaredDistance: distances[i])
                }
            }
        }
    }

    /// Shares the rows out among the processors.
    private func search(byQuery queryCount: Int, nearest k: Int, scan: Scan) -> [[Neighbour]] {
        let capacity = min(max(k, 0), count)
        let nothing = [NearestRows](repeating: NearestRows(capacity: capacity), count: queryCount)
        guard capacity > 0 else { return nothing.map(\.heap) }

        // About a mebibyte: it stays in a core's cache for all queries, a core that is held up keeps the others
        // waiting for no longer than that, and an index with no more of it is not worth a second thread.
        let rowsInBlock = max(1, (1 << 18) / (storage.stride * Screening.rowsAtOnce)) * Screening.rowsAtOnce
        let blocks = (count + rowsInBlock - 1) / rowsInBlock
        let nextBlock = Atomic(0)
        let results = Mutex<[[NearestRows]]>([])
        // Dispatch runs as many at a time as there are processors; those left over find no block to take.
        DispatchQueue.concurrentPerform(iterations: min(blocks, 64)) { _ in
            var block = nextBlock.add(1, ordering: .relaxed).oldValue
            guard block < blocks else { return }
            var nearest = nothing
            while block < blocks {
                let start = block * rowsInBlock
                scan(start..<min(start + rowsInBlock, count), &nearest)
                block = nextBlock.add(1, ordering: .relaxed).oldValue
            }
            results.withLock { $0.append(nearest) }
        }
        let parts = results.withLock { $0 }
        return (0..<queryCount).map { query in
            Array(parts.flatMap { $0[query].heap }.sorted().prefix(capacity))
        }
    }

    /// Makes the storage this index's own, with room for more rows. It grows by doubling, so that the copying
    /// comes to no more than two moves a row.
    private mutating func makeRoom(for additional: Int) {
        let needed = count + additional
        if needed > storage.capacity {
            reserveCapacity(max(needed, 2 * storage.capacity))
        } else {
            reserveCapacity(storage.capacity)
        }
    }

    private func requireDimension(of vector: [Float], what: String) throws(FaceprintError) {
        guard vector.count == dimension else {
            throw .wrongShape(what: what, expected: "[\(dimension)]", found: "[\(vector.count)]")
        }
    }
}
