import Dispatch
import Synchronization

extension ExactIndex {
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
        return search([query][...], nearest: k, among: nil, limit: .infinity)[0]
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
        try search(queries, nearest: k, among: nil)
    }

    /// The rows within a radius of each of many queries, nearest first.
    ///
    /// - Parameters:
    ///   - queries: `[m][dimension]`.
    ///   - radius: The largest L2 distance of a row that is found; one that isn't positive or 0 finds nothing.
    ///   - k: How many to find for each at most; nil for all that there are.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when a query doesn't have ``dimension``
    ///   numbers.
    public func search(
        _ queries: [[Float]], within radius: Float, nearest k: Int? = nil
    ) throws(FaceprintError) -> [[Neighbour]] {
        guard radius >= 0 else { return queries.map { _ in [] } }
        // The square is rounded; the distance itself decides.
        return try search(queries, nearest: k ?? count, among: nil, limit: (radius * radius).nextUp.nextUp)
            .map { $0.filter { $0.distance <= radius } }
    }

    /// The same among the rows that a filter lets pass. It is asked only for rows that are near, and on any thread.
    ///
    /// - Parameter limit: The largest squared distance of a row that is found.
    func search(
        _ queries: [[Float]], nearest k: Int, among filter: RowFilter?, limit: Float = .infinity
    ) throws(FaceprintError) -> [[Neighbour]] {
        try requireDimension(of: queries)
        return stride(from: 0, to: queries.count, by: QueryBatch.limit).flatMap { start in
            search(queries[start...].prefix(QueryBatch.limit), nearest: k, among: filter, limit: limit)
        }
    }

    /// The same among a few rows, all of which are measured.
    ///
    /// - Precondition: The rows are in `0..<count`, each once.
    func search(
        _ queries: [[Float]], nearest k: Int, amongRows rows: [Int]
    ) throws(FaceprintError) -> [[Neighbour]] {
        try requireDimension(of: queries)
        return stride(from: 0, to: queries.count, by: QueryBatch.limit).flatMap { start in
            let batch = QueryBatch(queries[start...].prefix(QueryBatch.limit), dimension: dimension, among: nil)
            let parts = stride(from: 0, to: rows.count, by: 4096).map { rows[$0...].prefix(4096) }
            return nearest(min(k, rows.count), to: batch.count, in: parts) { rows, nearest in
                for row in rows {
                    let (chunk, place) = row.quotientAndRemainder(dividingBy: rowsInChunk)
                    let part = RowsInMemory(
                        storage: chunks[chunk], first: chunk * rowsInChunk, rows: place..<(place + 1))
                    for query in 0..<batch.count { batch.offer(place, of: part, to: query, &nearest) }
                }
            }
        }
    }

    private func search(
        _ queries: ArraySlice<[Float]>, nearest k: Int, among filter: RowFilter?, limit: Float
    ) -> [[Neighbour]] {
        let batch = QueryBatch(queries, dimension: dimension, among: filter)
        let scan: any RowScan =
            switch precision {
            case .int8: ByteScreening(for: batch)
            case .float32: batch.count == 1 ? FullScan(for: batch) : Screening(for: batch)
            }
        return nearest(k, to: batch.count, in: parts, limit: limit) { part, nearest in
            scan.scan(part, into: &nearest)
        }
    }

    /// The rows, cut for the processors to share out.
    private var parts: [RowsInMemory] {
        // About a mebibyte: it stays in a core's cache for all queries, a core that is held up keeps the others
        // waiting for no longer than that, and an index with no more of it is not worth a second thread.
        let bytes = 4 * (2 + PanelStorage.groups(of: dimension))
        let size = precision == .int8 ? bytes : 4 * RowStorage.stride(of: dimension)
        let rows = max(1, (1 << 20) / (size * Screening.rowsAtOnce)) * Screening.rowsAtOnce
        return chunks.enumerated().flatMap { i, storage in
            stride(from: 0, to: storage.count, by: rows).map { start in
                RowsInMemory(
                    storage: storage, first: i * rowsInChunk, rows: start..<min(start + rows, storage.count))
            }
        }
    }

    /// Shares parts of the rows out among the processors.
    private func nearest<Part: Sendable>(
        _ k: Int, to queryCount: Int, in parts: [Part], limit: Float = .infinity,
        scan: @Sendable (Part, _ nearest: inout [NearestRows]) -> Void
    ) -> [[Neighbour]] {
        let capacity = min(max(k, 0), count)
        let nothing = [NearestRows](repeating: NearestRows(capacity: capacity, limit: limit), count: queryCount)
        guard capacity > 0 else { return nothing.map(\.heap) }

        let next = Atomic(0)
        let results = Mutex<[[NearestRows]]>([])
        // Dispatch runs as many at a time as there are processors; those left over find no part to take.
        DispatchQueue.concurrentPerform(iterations: min(parts.count, 64)) { _ in
            var part = next.add(1, ordering: .relaxed).oldValue
            guard part < parts.count else { return }
            var nearest = nothing
            while part < parts.count {
                scan(parts[part], &nearest)
                part = next.add(1, ordering: .relaxed).oldValue
            }
            results.withLock { $0.append(nearest) }
        }
        let workers = results.withLock { $0 }
        return (0..<queryCount).map { query in
            Array(workers.flatMap { $0[query].heap }.sorted().prefix(capacity))
        }
    }

    private func requireDimension(of queries: [[Float]]) throws(FaceprintError) {
        for (i, query) in queries.enumerated() { try requireDimension(of: query, what: "query \(i)") }
    }
}
