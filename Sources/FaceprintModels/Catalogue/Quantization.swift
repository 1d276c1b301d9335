import Faceprint

/// How a network in int8 was made of one in floats; stands in its manifest.
public struct Quantization: Hashable, Sendable, Codable {
    /// The name of the network in floats.
    public var original: String
    /// Of the original's `model.onnx`.
    public var originalSHA256: String
    /// How many convolutions are computed in int8.
    public var convolutions: Int
    /// How many faces its ranges were measured on.
    public var faces: Int
    /// The largest change of a distance between two of these faces when one of them is encoded in int8, and not both in
    /// floats, 0…2.
    public var largestShift: Float

    public init(original: String, originalSHA256: String, convolutions: Int, faces: Int, largestShift: Float) {
        self.original = original
        self.originalSHA256 = originalSHA256
        self.convolutions = convolutions
        self.faces = faces
        self.largestShift = largestShift
    }
}

extension Quantization {
    /// The largest change of a distance at which embeddings are still compared with the original's: that of bf16.
    public static let tolerance: Float = 0.02

    /// Whether the embeddings may be compared with the original's, so that a gallery takes both.
    public var isInterchangeable: Bool { largestShift <= Self.tolerance }
}

extension ModelManifest {
    /// The name and SHA-256 of the network that the embeddings count as made by.
    var identity: (model: String, sha256: String) {
        guard let quantization, quantization.isInterchangeable else { return (name, sha256) }
        return (quantization.original, quantization.originalSHA256)
    }
}
