import Faceprint
import FaceprintImaging

/// What is done with a group of photos' files, one photo after the other on one thread: see `docs/pipeline.md`.
struct FileGroup<Prior: Sendable, Finding: Sendable>: Sendable {
    typealias Outcome = Result<FileOutcome<Prior, Finding>, any Error>

    let selection: FaceSelection
    let limits: PhotoLimits
    /// nil to decode all.
    let known: (@Sendable ([(place: Int, sha256: String)]) throws -> [Int: Result<Prior, any Error>])?
    let examine: @Sendable (Photo, [Face?]) throws -> Finding

    /// A photo's faces, ready to be encoded, without the photo.
    private struct Look: Sendable {
        let faces: [(face: Face?, prepared: PreparedFace)]
        let finding: Finding
    }

    private enum Step: Sendable {
        case known(Result<Prior, any Error>)
        case looked(Result<Look, any Error>)
    }

    /// - Parameter start: The place of the first path in the whole list.
    /// - Returns: One a path, in their order.
    func results(of paths: [String], from start: Int, by recognizer: Recognizer) throws -> [Outcome] {
        let steps = try steps(of: paths, from: start, by: recognizer)
        let prepared = steps.flatMap { step in
            guard case .looked(.success(let look)) = step else { return [PreparedFace]() }
            return look.faces.map(\.prepared)
        }
        var embeddings = try recognizer.encode(prepared, lane: true).makeIterator()
        return steps.map { step in
            switch step {
            case .known(let prior): prior.map { .known($0) }
            case .looked(let look):
                look.map { look in
                    .recognized(
                        look.faces.map { EncodedFace(face: $0.face, embedding: embeddings.next()!) }, look.finding)
                }
            }
        }
    }

    /// Reads the files, and decodes and searches those of which nothing is known.
    private func steps(of paths: [String], from start: Int, by recognizer: Recognizer) throws -> [Step] {
        func read(_ path: String) throws -> PhotoFile {
            try recognizer.timings.measure(.read) { try PhotoFile(contentsOf: path, limits: limits) }
        }
        func step(_ file: () throws -> PhotoFile) throws -> Step {
            .looked(
                try look(by: recognizer) {
                    let file = try file()
                    return try recognizer.timings.measure(.decode) { try file.decoded(limits: limits) }
                })
        }
        guard let known else { return try paths.map { path in try step { try read(path) } } }
        let files = paths.map { path in Result { try read(path) } }
        let readable = files.enumerated().compactMap { i, file in
            (try? file.get()).map { (place: start + i, sha256: $0.sha256) }
        }
        let priors = readable.isEmpty ? [:] : try known(readable)
        return try files.enumerated().map { i, file in
            if let prior = priors[start + i] { .known(prior) } else { try step { try file.get() } }
        }
    }

    /// - Returns: The error of this photo.
    /// - Throws: What concerns all photos.
    private func look(by recognizer: Recognizer, at read: () throws -> Photo) throws -> Result<Look, any Error> {
        let photo: Photo
        do { photo = try read() } catch { return .failure(error) }
        let found = try recognizer.detect(in: [photo.image])[0]
        return Result {
            let faces: [Face?] =
                if let found {
                    try selection.faces(of: found, width: photo.image.width, height: photo.image.height)
                } else { [nil] }
            let finding = try examine(photo, faces)
            return Look(
                faces: try faces.map {
                    ($0, try recognizer.prepare(FaceInPhoto(photo: photo.image, face: $0)))
                }, finding: finding)
        }
    }
}
