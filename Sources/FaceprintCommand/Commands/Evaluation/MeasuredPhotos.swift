import Faceprint
import FaceprintEvaluation
import FaceprintImaging
import FaceprintInference

/// The embeddings of an evaluation's photos.
struct MeasuredPhotos {
    let photos: [PhotoSet.Photo]
    /// One a photo; nil for one that was refused.
    let embeddings: [Embedding?]
    /// Where the face is; nil also where the whole photo was taken for it.
    let faces: [Face?]
    let refusals: [EvaluationReport.Refusal]
    let photosPerSecond: Double
    let space: EmbeddingSpace
    let precision: EncoderOptions.Precision

    /// Encodes the photos, with a progress bar. One that can't be read, or has no face, is refused and named on
    /// standard error.
    init(_ set: PhotoSet, _ selection: FaceSelection, _ settings: RecognitionSettings) throws {
        let recognizer = try settings.recognizer()
        let clock = ContinuousClock()
        let start = clock.now
        var embeddings: [Embedding?] = []
        var faces: [Face?] = []
        var refusals: [EvaluationReport.Refusal] = []
        try recognizer.facesWithProgress(ofFilesAt: set.photos.map(\.path), selection, limits: settings.limits) {
            place, encoded in
            switch encoded {
            case .success(let found):
                embeddings.append(found[0].embedding)
                faces.append(found[0].face)
            case .failure(let error):
                let photo = set.photos[place]
                refusals.append(EvaluationReport.Refusal(photo: photo.name, reason: "\(error)"))
                Console.error("\(PhotoFailure(path: photo.path, error: error))")
                embeddings.append(nil)
                faces.append(nil)
            }
        }
        photos = set.photos
        self.embeddings = embeddings
        self.faces = faces
        self.refusals = refusals
        photosPerSecond = Double(photos.count) / ((clock.now - start) / .seconds(1))
        space = recognizer.encoder.space
        precision = recognizer.encoder.precision
    }

    /// Whom each photo shows. Only for sets that know it.
    var identities: [String] { photos.map { $0.identity ?? "" } }

    var embeddingsByName: [String: Embedding] {
        Dictionary(zip(photos, embeddings).compactMap { photo, embedding in embedding.map { (photo.name, $0) } }) { $1 }
    }

    var refusedNames: Set<String> { Set(refusals.map(\.photo)) }

    var refusedPhotos: Proportion { Proportion(refusals.count, of: photos.count) }

    /// For the second line of a report.
    var description: String {
        let people = Set(photos.compactMap(\.identity)).count
        return "\(space), \(precision.rawValue); \(photos.count) photos" + (people > 0 ? " of \(people) people" : "")
    }

    /// The distances of all pairs.
    func allPairs() throws -> AllPairs {
        try AllPairs(embeddings: embeddings, identities: identities, worst: WorstDecisions.ofEachKind)
    }
}
