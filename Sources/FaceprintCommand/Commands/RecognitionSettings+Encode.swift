import Faceprint
import FaceprintImaging
import FaceprintInference

extension RecognitionSettings {
    /// The faces of one photo. The photo is read while the model is loaded, which takes longer.
    func faces(_ path: String, _ selection: FaceSelection) throws -> [EncodedFace] {
        let photo = Background { [limits, timings] in
            try timings.measure(.decode) { try Photo(contentsOf: path, limits: limits) }
        }
        let recognizer = try recognizer()
        return try recognizer.faces(of: try photo.value().image, selection)
    }
}
