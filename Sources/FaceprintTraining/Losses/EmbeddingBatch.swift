import CKernels

/// The embeddings of a batch, and whom they show.
public struct EmbeddingBatch: Sendable {
    /// `[count][length]`
    public let values: [Float]
    /// Numbers in an embedding.
    public let length: Int
    /// A number for each person, one an embedding.
    public let labels: [Int]

    /// - Precondition: `values` holds as many vectors of that length as there are labels.
    public init(_ values: [Float], length: Int, labels: [Int]) {
        precondition(values.count == length * labels.count, "one label an embedding")
        self.values = values
        self.length = length
        self.labels = labels
    }

    public var count: Int { labels.count }

    func row(_ index: Int) -> ArraySlice<Float> { values[(index * length)..<((index + 1) * length)] }

    /// The squared L2 distance of each to each, `[count][count]`.
    func squaredDistances() -> [Float] {
        var distances = [Float](repeating: 0, count: count * count)
        values.withUnsafeBufferPointer { values in
            distances.withUnsafeMutableBufferPointer { distances in
                for row in 0..<count {
                    fp_squared_distances(
                        values.baseAddress! + row * length, values.baseAddress!, count, length,
                        distances.baseAddress! + row * count)
                }
            }
        }
        return distances
    }
}
