/// What made an embedding: two embeddings may be compared only when their spaces are equal.
///
/// The same photo gives other numbers with other weights, and the same weights give other numbers for
/// other preprocessing. A gallery records the space of each template and refuses to compare across spaces.
public struct EmbeddingSpace: Hashable, Sendable, Codable {
    /// The model's name in the catalogue, such as `facenet`.
    public let model: String
    /// The SHA-256 of the model file, 64 lower-case hexadecimal digits.
    public let modelSHA256: String
    /// The name of the ``PreprocessingProfile``.
    public let profile: String

    public init(model: String, modelSHA256: String, profile: String) {
        self.model = model
        self.modelSHA256 = modelSHA256
        self.profile = profile
    }
}

extension EmbeddingSpace: CustomStringConvertible {
    /// For people: `facenet/standardized (6acdd8fb)`.
    public var description: String { "\(model)/\(profile) (\(modelSHA256.prefix(8)))" }
}
