/// A faceprint: the embedding of a face, a vector of unit length.
///
/// FaceNet maps a face to 128 numbers on the unit hypersphere, so that the squared L2 distance between two
/// embeddings says how alike the faces are (Schroff, Kalenichenko and Philbin, *FaceNet*, 2015, section 3).
public struct Embedding: Hashable, Sendable {
    /// The components; their squares sum to 1.
    public let values: [Float]
    /// What made it.
    public let space: EmbeddingSpace

    /// Scales a network's output to unit length.
    ///
    /// - Parameters:
    ///   - output: The network's output, of any length but zero.
    ///   - space: What made it.
    /// - Throws: ``FaceprintError/notAnEmbedding(reason:)`` for a vector that is empty, zero or not finite.
    public init(normalizing output: [Float], space: EmbeddingSpace) throws(FaceprintError) {
        guard !output.isEmpty else { throw .notAnEmbedding(reason: "it is empty") }
        var sum = 0.0
        for value in output { sum += Double(value) * Double(value) }
        guard sum.isFinite else { throw .notAnEmbedding(reason: "it holds a number that is not finite") }
        guard sum > 0 else { throw .notAnEmbedding(reason: "all its numbers are zero") }
        let scale = 1 / sum.squareRoot()
        values = output.map { Float(Double($0) * scale) }
        self.space = space
    }

    /// Takes the components of an embedding that was stored or sent, to the last bit.
    ///
    /// - Throws: ``FaceprintError/notAnEmbedding(reason:)`` for a vector that isn't of unit length.
    public init(unit values: [Float], space: EmbeddingSpace) throws(FaceprintError) {
        let sum = values.reduce(0) { $0 + $1 * $1 }
        guard Self.isUnit(squaredNorm: sum) else { throw .notAnEmbedding(reason: "it is not of unit length") }
        self.values = values
        self.space = space
    }

    /// Whether a vector's squared length is 1, but for rounding, which moves it by far less than this allows.
    package static func isUnit(squaredNorm: Float) -> Bool { abs(squaredNorm - 1) < 1e-3 }

    /// The mean of several embeddings, at unit length: of one person's, what they have in common.
    ///
    /// - Parameter embeddings: At least one, all of one space.
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` for embeddings of different models or profiles,
    ///   ``FaceprintError/notAnEmbedding(reason:)`` for none and for those that cancel each other out.
    public init(meanOf embeddings: [Embedding]) throws(FaceprintError) {
        guard let first = embeddings.first else { throw .notAnEmbedding(reason: "it is the mean of none") }
        var sum = [Float](repeating: 0, count: first.count)
        for embedding in embeddings {
            try requireComparable(first, embedding)
            for (i, value) in embedding.values.enumerated() { sum[i] += value }
        }
        try self.init(normalizing: sum, space: first.space)
    }

    /// The number of components.
    public var count: Int { values.count }
}
