import CKernels

/// A stretch of the rows of an ``ExactIndex``: floats, one row after the other, and the same as bytes if wanted.
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
    /// The rows as bytes; nil without.
    let panels: PanelStorage?

    init(dimension: Int, capacity: Int, precision: SearchPrecision) {
        self.dimension = dimension
        self.capacity = capacity
        stride = RowStorage.stride(of: dimension)
        rows = allocateForScan(capacity * stride)
        offsets = allocateForScan(capacity)
        panels = precision == .int8 ? PanelStorage(dimension: dimension, capacity: capacity) : nil
    }

    deinit {
        rows.deallocate()
        offsets.deallocate()
    }

    /// A copy with room for more.
    ///
    /// - Precondition: `capacity >= other.count`.
    convenience init(copying other: RowStorage, capacity: Int) {
        self.init(dimension: other.dimension, capacity: capacity, precision: other.panels == nil ? .float32 : .int8)
        rows.update(from: other.rows, count: other.count * stride)
        offsets.update(from: other.offsets, count: other.count)
        if let panels, let others = other.panels { panels.copy(others, count: other.count) }
        count = other.count
    }

    /// - Precondition: there is room for it, and it has `dimension` numbers.
    func append(_ vector: UnsafeBufferPointer<Float>) {
        if count.isMultiple(of: PanelStorage.rows) { panels?.beginPanel(at: count) }
        count += 1
        replace(count - 1, with: vector)
    }

    /// - Precondition: the row is there, and the vector has `dimension` numbers.
    func replace(_ i: Int, with vector: UnsafeBufferPointer<Float>) {
        let row = rows + i * stride
        row.copy(vector, paddedTo: stride)
        offsets[i] = Screening.offset(of: row, dimension: dimension)
        panels?.set(i, to: row, offset: offsets[i])
    }

    func removeLast() { count -= 1 }

    /// The numbers of a row.
    func vector(_ i: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(start: rows + i * stride, count: dimension)
    }

    /// The bytes of the memory, for all of `capacity`.
    var size: Int { capacity * 4 * (stride + 1) + (panels?.size ?? 0) }

    /// A multiple of 32 numbers, as many as a kernel adds at a time.
    static func stride(of dimension: Int) -> Int { (dimension + 31) / 32 * 32 }
}

/// Memory that starts a huge page if it is large, and a cache line anyhow.
func allocateForScan<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Element> {
    let hugePage = 2 << 20
    let size = count * MemoryLayout<Element>.stride
    let isLarge = size >= hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? hugePage : 64)
    if isLarge { fp_advise_huge_pages(memory, size) }
    return memory.bindMemory(to: Element.self, capacity: count)
}

extension UnsafeMutablePointer<Float> {
    /// Writes a vector and as many zeros as are missing to `count` numbers.
    func copy(_ vector: UnsafeBufferPointer<Float>, paddedTo count: Int) {
        if let start = vector.baseAddress { update(from: start, count: vector.count) }
        (self + vector.count).update(repeating: 0, count: count - vector.count)
    }
}
