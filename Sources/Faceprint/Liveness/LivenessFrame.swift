/// One picture of a camera during a challenge. The camera must not mirror.
public struct LivenessFrame: Hashable, Sendable {
    /// The face that is meant, as a detector found it.
    public let face: Face
    public let embedding: Embedding
    /// When it was taken: seconds since the challenge was given.
    public let seconds: Double

    public init(face: Face, embedding: Embedding, seconds: Double) {
        self.face = face
        self.embedding = embedding
        self.seconds = seconds
    }
}
