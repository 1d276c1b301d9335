/// The stage that turns pictures of faces into embeddings.
public protocol FaceEncoder: Sendable {
    /// What the embeddings of this encoder may be compared with.
    var space: EmbeddingSpace { get }

    /// One embedding a picture, in the same order.
    func encode(_ faces: [Image]) throws -> [Embedding]
}

extension FaceEncoder {
    /// The embedding of one picture.
    public func encode(_ face: Image) throws -> Embedding {
        try encode([face])[0]
    }
}
