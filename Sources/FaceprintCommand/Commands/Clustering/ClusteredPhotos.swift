import Faceprint
import FaceprintAnalysis
import FaceprintFiles
import FaceprintImaging
import FaceprintInference
import Foundation

/// The photos that are clustered.
struct ClusteredPhotos {
    let paths: [String]
    /// `[photos]`: whom each shows; nil where nobody says.
    let identities: [String]?

    /// - Parameter isLabelled: Whether the folder has one folder a person; else photos may lie at any depth.
    init(in folder: String, isLabelled: Bool) throws {
        if isLabelled {
            let photos = try PersonPhoto.all(in: folder)
            paths = photos.map(\.path)
            identities = photos.map { $0.person ?? "" }
        } else {
            paths = try FolderListing.files(below: folder)
            identities = nil
            guard !paths.isEmpty else { throw UsageError("the folder “\(folder)” holds no photos") }
        }
    }

    /// The faces of all photos.
    struct Faces {
        var faces: [FaceClusters.Face] = []
        var embeddings: [Embedding] = []
        /// `[faces]`: the number of each one's photo.
        var photos: [Int] = []
        let space: EmbeddingSpace
    }

    /// Finds, judges and encodes the faces, with a progress bar. Photos that can't be read are named on standard error.
    func faces(
        _ settings: RecognitionSettings, _ selection: FaceSelection, minimumQuality: Float
    ) throws -> Faces {
        let recognizer = try settings.recognizer()
        var found = Faces(space: recognizer.encoder.space)
        var progress = ProgressBar("photos", of: paths.count)
        defer { progress.clear() }
        var place = 0
        func take(_ outcomes: [Result<FileOutcome<Never, [JudgedFace]>, any Error>]) {
            for outcome in outcomes {
                switch outcome {
                case .success(.recognized(let faces, let judged)):
                    found.add(Array(zip(faces, judged)), of: place, at: paths[place], minimumQuality)
                case .failure(let error):
                    progress.clear()
                    Console.error("\(PhotoFailure(path: paths[place], error: error))")
                }
                place += 1
            }
            progress.advance(by: outcomes.count)
        }
        try recognizer.faces(
            ofFilesAt: paths, selection, limits: settings.limits, known: { _ in [:] },
            // Judged without being refused: a photo that nobody enrolls is still somebody's.
            examine: { photo, faces in try faces.map { try EnrollmentRule(isForced: true).judge($0, of: photo) } },
            body: take)
        return found
    }
}

extension ClusteredPhotos.Faces {
    fileprivate mutating func add(
        _ found: [(face: EncodedFace, judged: JudgedFace)], of photo: Int, at path: String, _ minimumQuality: Float
    ) {
        let wanted = found.filter { $0.judged.quality?.total ?? 100 >= minimumQuality }
        for (face, judged) in wanted {
            // A gallery takes each photo once, so of a photo of several people each has its own cut.
            let digest =
                wanted.count == 1 ? judged.photoSHA256 : judged.thumbnail.withUnsafeBytes { SHA256.hex(of: $0) }
            faces.append(
                FaceClusters.Face(
                    photo: path, photoSHA256: digest, box: face.face?.box, quality: judged.quality?.total,
                    thumbnail: judged.thumbnail, embedding: face.embedding))
            embeddings.append(face.embedding)
            photos.append(photo)
        }
    }
}
