import Faceprint
import FaceprintInference
import FaceprintModels

/// The detectors by the names that the options know.
enum DetectorName: String, CaseIterable {
    case yunet, mtcnn

    func load(_ options: EncoderOptions) throws -> any FaceDetector {
        switch self {
        case .yunet: try YuNetDetector(path: try DetectorFiles().yunet(), options: options)
        case .mtcnn: try MTCNNDetector(folder: try DetectorFiles().mtcnn(), options: options)
        }
    }
}
