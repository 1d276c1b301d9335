/// Vectors to be searched for the nearest ones to a query, all of them, in float32: no approximation, so
/// nobody enrolled is overlooked.
///
/// ```swift
/// var index = ExactIndex(dimension: 128)
/// for template in templates { try index.append(template) }
/// let nearest = try index.search(probe, nearest: 10)
/// ```
///
/// A value: copies share their memory until one of them changes, and then all but the stretch of rows that the
/// change is in, about 16 MiB. Any vectors will do, of unit length or not. One query reads the rows once, as fast as
/// memory delivers them; a batch of up to 64 reads them once too. The result is the same whatever the number of
/// processors and the ``SearchPrecision``, and the same for a query alone or in a batch.
public struct ExactIndex: Sendable {
    /// The numbers of a vector.
    public let dimension: Int
    /// What a search reads.
    public let precision: SearchPrecision
    /// The number of vectors.
    public private(set) var count = 0
    /// The rows in their order, ``rowsInChunk`` in each but the last ones.
    private(set) var chunks: [RowStorage] = []
    let rowsInChunk: Int

    /// An empty index of vectors of `dimension` numbers.
    ///
    /// - Precondition: `dimension > 0`; for `int8` at most 131,072 as well.
    public init(dimension: Int, precision: SearchPrecision = .float32) {
        precondition(dimension > 0, "a vector has at least one number")
        precondition(
            precision == .float32 || dimension <= PanelStorage.largestDimension,
            "vectors of \(dimension) numbers are too long for int8; search them in float32")
        self.dimension = dimension
        self.precision = precision
        // About 16 MiB: little to copy when a shared index changes, and many huge pages.
        let size = RowStorage.stride(of: dimension) * Screening.rowsAtOnce
        rowsInChunk = max(1, (1 << 22) / size) * Screening.rowsAtOnce
    }

    /// The bytes that a vector takes: in float32 4 for each number, of which there are as many as make whole cache
    /// lines of 128 bytes, and 4 more; in int8 one more for each number, rounded up to a multiple of 4, and 8.5.
    ///
    /// A million of 128 numbers take 516 MB, or 652.5 with int8; of 256 numbers 1028 MB, or 1292.5.
    public static func bytesPerVector(dimension: Int, precision: SearchPrecision) -> Double {
        let floats = Double(4 * RowStorage.stride(of: dimension) + 4)
        return precision == .float32 ? floats : floats + Double(4 * PanelStorage.groups(of: dimension)) + 8.5
    }

    /// The bytes of memory that are set aside for vectors; the system gives them when they are first used.
    public var memory: Int { chunks.reduce(0) { $0 + $1.size } }

    /// Makes room for `capacity` vectors in all, so that appending them doesn't move the ones before.
    public mutating func reserveCapacity(_ capacity: Int) {
        // Only the first stretch grows.
        guard capacity > 0, count < rowsInChunk else { return }
        let wanted = min(capacity, rowsInChunk)
        if chunks.isEmpty {
            chunks.append(RowStorage(dimension: dimension, capacity: wanted, precision: precision))
        } else {
            own(0, capacity: wanted)
        }
    }

    /// Adds a vector as the row of number ``count``.
    ///
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when it doesn't have ``dimension`` numbers.
    public mutating func append(_ vector: [Float]) throws(FaceprintError) {
        try requireDimension(of: vector, what: "vector to index")
        vector.withUnsafeBufferPointer { append($0) }
    }

    /// Adds many vectors, `[rows][dimension]`.
    ///
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the numbers are no whole vectors.
    public mutating func append(rows: UnsafeBufferPointer<Float>) throws(FaceprintError) {
        guard rows.count.isMultiple(of: dimension) else {
            throw .wrongShape(
                what: "vectors to index", expected: "[rows][\(dimension)]", found: "\(rows.count) numbers")
        }
        reserveCapacity(count + rows.count / dimension)
        for start in stride(from: 0, to: rows.count, by: dimension) {
            append(UnsafeBufferPointer(rebasing: rows[start..<(start + dimension)]))
        }
    }

    /// Puts another vector in a row's place.
    ///
    /// - Precondition: The row is in `0..<count`.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when it doesn't have ``dimension`` numbers.
    public mutating func replace(_ row: Int, with vector: [Float]) throws(FaceprintError) {
        precondition((0..<count).contains(row), "there is no row \(row) among \(count)")
        try requireDimension(of: vector, what: "vector to index")
        vector.withUnsafeBufferPointer { replace(row, with: $0) }
    }

    /// Takes a row out. The last row moves into its place, so that the others keep their numbers.
    ///
    /// - Precondition: The row is in `0..<count`.
    public mutating func remove(_ row: Int) {
        precondition((0..<count).contains(row), "there is no row \(row) among \(count)")
        let (chunk, last) = (count - 1).quotientAndRemainder(dividingBy: rowsInChunk)
        own(row / rowsInChunk)
        own(chunk)
        let vector = chunks[chunk].vector(last)
        if row != count - 1 { chunks[row / rowsInChunk].replace(row % rowsInChunk, with: vector) }
        chunks[chunk].removeLast()
        count -= 1
        // An empty stretch is kept for the next rows, until there is room enough without it.
        if chunks.count > chunk + 1, last < rowsInChunk / 2 { chunks.removeLast() }
    }

    private mutating func append(_ vector: UnsafeBufferPointer<Float>) {
        let (chunk, row) = count.quotientAndRemainder(dividingBy: rowsInChunk)
        if chunk == chunks.count {
            let capacity = chunk == 0 ? PanelStorage.rows : rowsInChunk
            chunks.append(RowStorage(dimension: dimension, capacity: capacity, precision: precision))
        }
        let capacity = chunks[chunk].capacity
        own(chunk, capacity: row < capacity ? capacity : min(2 * capacity, rowsInChunk))
        chunks[chunk].append(vector)
        count += 1
    }

    private mutating func replace(_ row: Int, with vector: UnsafeBufferPointer<Float>) {
        let (chunk, row) = row.quotientAndRemainder(dividingBy: rowsInChunk)
        own(chunk)
        chunks[chunk].replace(row, with: vector)
    }

    /// Makes a stretch of rows this index's own, with room for as many.
    private mutating func own(_ chunk: Int, capacity: Int = 0) {
        if capacity > chunks[chunk].capacity || !isKnownUniquelyReferenced(&chunks[chunk]) {
            chunks[chunk] = RowStorage(copying: chunks[chunk], capacity: max(capacity, chunks[chunk].capacity))
        }
    }

    func requireDimension(of vector: [Float], what: String) throws(FaceprintError) {
        guard vector.count == dimension else {
            throw .wrongShape(what: what, expected: "[\(dimension)]", found: "[\(vector.count)]")
        }
    }
}
