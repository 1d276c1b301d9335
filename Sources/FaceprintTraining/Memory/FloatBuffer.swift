/// Numbers at one place in memory, which C may read and write, owned by this object.
public final class FloatBuffer {
    public let numbers: UnsafeMutableBufferPointer<Float>

    /// - Parameter values: What it begins with.
    public init(_ values: [Float]) {
        numbers = .allocate(capacity: values.count)
        _ = numbers.initialize(fromContentsOf: values)
    }

    /// Zeros.
    public convenience init(count: Int) { self.init([Float](repeating: 0, count: count)) }

    deinit { numbers.deallocate() }
}
