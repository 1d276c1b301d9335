import Faceprint
import FaceprintModels

/// A face that was found and encoded.
public struct EncodedFace: Hashable, Sendable {
    /// nil when the whole photo was taken for the face.
    public let face: Face?
    public let embedding: Embedding

    public init(face: Face?, embedding: Embedding) {
        self.face = face
        self.embedding = embedding
    }
}

/// The way from photos to embeddings: find the faces, choose those that are meant, encode them.
///
/// ```swift
/// let recognizer = Recognizer(
///     encoder: try Encoder(try ModelCatalogue().recognitionModel(named: "facenet")),
///     detector: try YuNetDetector(path: try DetectorFiles().yunet()))
/// let face = try recognizer.faces(of: photo, .largest)[0]
/// ```
public struct Recognizer: Sendable {
    public let encoder: Encoder
    private let detector: (any FaceDetector)?
    /// What the stages take is added to these, where there are any.
    public let timings: Timings?

    /// - Parameter detector: nil for profiles that take whole photos.
    public init(encoder: Encoder, detector: (any FaceDetector)?, timings: Timings? = nil) {
        self.encoder = encoder
        self.detector = detector
        self.timings = timings
    }

    /// The encoded faces of each photo.
    ///
    /// - Parameter selection: Which faces are meant.
    /// - Returns: For each photo its faces, or the ``FaceSelectionError`` that says why it hasn't the face that is
    ///   asked for.
    /// - Throws: What concerns all photos, such as ``InferenceError``.
    public func faces(
        of photos: [Image], _ selection: FaceSelection
    ) throws -> [Result<[EncodedFace], FaceSelectionError>] {
        let found = try detect(in: photos)
        let chosen = zip(photos, found).map { photo, faces in
            Result { () throws(FaceSelectionError) -> [Face?] in
                guard let faces else { return [nil] }
                return try selection.faces(of: faces, width: photo.width, height: photo.height)
            }
        }
        let all = zip(photos, chosen).flatMap { photo, faces in
            ((try? faces.get()) ?? []).map { FaceInPhoto(photo: photo, face: $0) }
        }
        var embeddings = try encode(try concurrentMap(all) { try prepare($0) }).makeIterator()
        return chosen.map { result in
            result.map { faces in
                faces.map { EncodedFace(face: $0, embedding: embeddings.next()!) }
            }
        }
    }

    /// The encoded faces of one photo.
    public func faces(of photo: Image, _ selection: FaceSelection) throws -> [EncodedFace] {
        try faces(of: [photo], selection)[0].get()
    }

    /// The faces of each photo, from the highest score to the lowest; nil where the model takes whole photos.
    public func detect(in photos: [Image]) throws -> [[Face]?] {
        guard encoder.needsFaces else { return photos.map { _ in nil } }
        guard let detector else { throw InferenceError.noFaceGiven(profile: encoder.space.profile) }
        return try timings.measure(.detect, photos.count) { try detector.detect(in: photos) }
    }

    /// Cuts a face out of its photo, which isn't needed any more then.
    func prepare(_ face: FaceInPhoto) throws -> PreparedFace {
        try timings.measure(.align) { try encoder.prepare(face) }
    }

    /// One embedding a face, in the same order.
    ///
    /// - Parameter lane: Whether other callers keep the other cores busy.
    func encode(_ faces: [PreparedFace], lane: Bool = false) throws -> [Embedding] {
        guard !faces.isEmpty else { return [] }
        return try timings.measure(.encode, faces.count) { try encoder.encode(prepared: faces, lane: lane) }
    }
}
