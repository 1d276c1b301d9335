import Faceprint
import FaceprintInference
import FaceprintModels

/// The detectors by the names that the options know.
enum DetectorName: String, CaseIterable {
    case yunet, mtcnn

    /// - Parameter search: YuNet's; MTCNN looks for what it always does.
    func load(
        _ options: EncoderOptions, search: YuNetDetector.Search = YuNetDetector.Search()
    ) throws -> any FaceDetector {
        switch self {
        case .yunet: try YuNetDetector(path: try DetectorFiles().yunet(), options: options, search: search)
        case .mtcnn: try MTCNNDetector(folder: try DetectorFiles().mtcnn(), options: options)
        }
    }
}
