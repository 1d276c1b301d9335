import Faceprint
import FaceprintImaging

/// What is wrong with one of several photos. Errors of reading name their file already.
struct PhotoFailure: Error, CustomStringConvertible {
    let path: String
    let error: any Error

    var description: String { error is ImagingError ? "\(error)" : "\(path): \(error)" }
}
