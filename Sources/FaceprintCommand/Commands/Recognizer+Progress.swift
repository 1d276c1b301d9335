import Faceprint
import FaceprintImaging
import FaceprintInference

extension Recognizer {
    /// Reads and recognises photos' files as ``faces(ofFilesAt:_:limits:body:)`` does, with a progress bar that is out
    /// of the way while the body prints.
    func facesWithProgress(
        ofFilesAt paths: [String], _ selection: FaceSelection, limits: PhotoLimits,
        body: (Int, Result<[EncodedFace], any Error>) throws -> Void
    ) throws {
        var progress = ProgressBar("photos", of: paths.count)
        defer { progress.clear() }
        try faces(ofFilesAt: paths, selection, limits: limits) { place, result in
            progress.clear()
            try body(place, result)
            progress.advance()
        }
    }
}
