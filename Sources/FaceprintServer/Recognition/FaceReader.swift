import Faceprint
import FaceprintImaging
import FaceprintInference

/// A photo that was sent, and the faces found in it.
struct ReadPhoto: Sendable {
    let photo: Photo
    /// From the largest to the smallest. A model that takes whole photos has one face, nil.
    let faces: [Face?]
}

/// From the bytes of photos to faces and embeddings, for many requests at once.
final class FaceReader: Sendable {
    private let recognizer: Recognizer
    private let limits: PhotoLimits
    private let encoding: BatchQueue<FaceInPhoto, Embedding>

    /// - Parameter recognizer: Made for throughput: see `EncoderOptions.Mode`.
    init(_ recognizer: Recognizer, limits: PhotoLimits) {
        self.recognizer = recognizer
        self.limits = limits
        encoding = BatchQueue(limit: 16, runs: 2) { try recognizer.encoder.encode($0) }
    }

    /// What the embeddings may be compared with.
    var space: EmbeddingSpace { recognizer.encoder.space }
    var embeddingLength: Int { recognizer.encoder.model.embeddingLength }

    /// Decodes a photo and finds its faces.
    ///
    /// - Parameters:
    ///   - name: What messages call the photo.
    ///   - minimumScore: Of a face, 0…1.
    func read(_ bytes: [UInt8], name: String, minimumScore: Float = 0) throws -> ReadPhoto {
        let photo = try Photo(decoding: bytes, name: name, limits: limits)
        guard let found = try recognizer.detect(in: [photo.image])[0] else {
            return ReadPhoto(photo: photo, faces: [nil])
        }
        let faces = found.filter { $0.score >= minimumScore }.sorted { $0.box.area > $1.box.area }
        return ReadPhoto(photo: photo, faces: faces)
    }

    /// The embeddings of faces of one photo; with those of other requests in one run.
    func encode(_ faces: some Collection<Face?>, of photo: Photo) throws -> [Embedding] {
        try encoding(faces.map { FaceInPhoto(photo: photo.image, face: $0) })
    }
}
