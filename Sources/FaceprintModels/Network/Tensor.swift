/// Numbers in a shape, last index fastest.
public struct Tensor: Hashable, Sendable {
    public let shape: [Int]
    /// As many as the product of the shape.
    public let values: [Float]

    /// - Precondition: the number of values is the product of the shape.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values don't fill \(shape)")
        self.shape = shape
        self.values = values
    }
}
