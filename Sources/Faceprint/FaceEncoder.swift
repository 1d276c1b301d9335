/// A photo and which face of it is meant.
public struct FaceInPhoto: Hashable, Sendable {
    public var photo: Image
    /// nil when the photo is cut to the face already.
    public var face: Face?

    public init(photo: Image, face: Face?) {
        self.photo = photo
        self.face = face
    }
}

/// The stage that turns faces into embeddings.
public protocol FaceEncoder: Sendable {
    /// What the embeddings of this encoder may be compared with.
    var space: EmbeddingSpace { get }

    /// One embedding a face, in the same order.
    func encode(_ faces: [FaceInPhoto]) throws -> [Embedding]
}

extension FaceEncoder {
    /// One embedding a picture that is cut to the face already, in the same order.
    public func encode(_ pictures: [Image]) throws -> [Embedding] {
        try encode(pictures.map { FaceInPhoto(photo: $0, face: nil) })
    }

    /// The embedding of one picture that is cut to the face already.
    public func encode(_ picture: Image) throws -> Embedding {
        try encode([picture])[0]
    }
}
