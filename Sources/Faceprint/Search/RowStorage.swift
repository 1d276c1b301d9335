import CKernels

/// The memory of an ``ExactIndex``: rows of floats, one after the other.
///
/// A row is filled up with zeros to a whole number of cache lines, which changes no distance and spares the
/// kernels a ragged end. It is one owner's to change: ``ExactIndex`` copies it first when it is shared, which
/// is what makes it `Sendable`.
final class RowStorage: @unchecked Sendable {
    let dimension: Int
    /// The numbers from the start of one row to that of the next.
    let stride: Int
    let capacity: Int
    private(set) var count = 0

    /// `[capacity][stride]`, of which `count` rows are filled.
    let rows: UnsafeMutablePointer<Float>
    /// `[capacity]`: what ``Screening`` takes off the product of a row and a query.
    let offsets: UnsafeMutablePointer<Float>

    init(dimension: Int, capacity: Int) {
        self.dimension = dimension
        self.capacity = capacity
        stride = RowStorage.stride(of: dimension)
        rows = RowStorage.allocate(capacity * stride)
        offsets = RowStorage.allocate(capacity)
    }

    deinit {
        rows.deallocate()
        offsets.deallocate()
    }

    /// A copy with room for more.
    ///
    /// - Precondition: `capacity >= other.count`.
    convenience init(copying other: RowStorage, capacity: Int) {
        self.init(dimension: other.dimension, capacity: capacity)
        rows.update(from: other.rows, count: other.count * stride)
        offsets.update(from: other.offsets, count: other.count)
        count = other.count
    }

    /// - Precondition: there is room for it, and it has `dimension` numbers.
    func append(_ vector: UnsafeBufferPointer<Float>) {
        let row = rows + count * stride
        row.copy(vector, paddedTo: stride)
        offsets[count] = Screening.offset(of: row, dimension: dimension)
        count += 1
    }

    /// A multiple of 32 numbers, as many as a kernel adds at a time.
    static func stride(of dimension: Int) -> Int { (dimension + 31) / 32 * 32 }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let hugePage = 2 << 20
        let size = count * MemoryLayout<Float>.stride
        let isLarge = size >= hugePage
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? hugePage : 64)
        if isLarge { fp_advise_huge_pages(memory, size) }
        return memory.bindMemory(to: Float.self, capacity: count)
    }
}

extension UnsafeMutablePointer<Float> {
    /// Writes a vector and as many zeros as are missing to `count` numbers.
    func copy(_ vector: UnsafeBufferPointer<Float>, paddedTo count: Int) {
        if let start = vector.baseAddress { update(from: start, count: vector.count) }
        (self + vector.count).update(repeating: 0, count: count - vector.count)
    }
}
