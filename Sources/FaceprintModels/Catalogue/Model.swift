import Faceprint

/// A model on disk, ready to be run.
public struct Model: Hashable, Sendable {
    public var manifest: ModelManifest
    /// The ONNX file.
    public var path: String

    public init(manifest: ModelManifest, path: String) {
        self.manifest = manifest
        self.path = path
    }

    /// What this model's embeddings, made with that profile, may be compared with.
    public func space(profile: PreprocessingProfile) -> EmbeddingSpace {
        EmbeddingSpace(model: manifest.name, modelSHA256: manifest.sha256, profile: profile.name)
    }
}
