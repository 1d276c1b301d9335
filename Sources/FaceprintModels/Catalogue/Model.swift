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

    /// What this model's embeddings, made with that profile, may be compared with: the original's too, where this is one
    /// in int8 that is as good as it.
    public func space(profile: PreprocessingProfile) -> EmbeddingSpace {
        let (name, sha256) = manifest.identity
        return EmbeddingSpace(model: name, modelSHA256: sha256, profile: profile.name)
    }
}
