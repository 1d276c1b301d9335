import Faceprint
import FaceprintImaging
import FaceprintInference

extension RecognitionSettings {
    /// The embedding of one photo. The photo is read while the model is loaded, which takes longer.
    func encode(_ path: String) throws -> Embedding {
        let photo = Background { try Photo(contentsOf: path) }
        let encoder = try encoder()
        return try encoder.encode(try photo.value().image)
    }
}
