import FaceprintFiles
import FaceprintModels
import Testing

/// The pre-trained network, where `faceprint model fetch` has put it.
public enum FaceNet {
    public static let model: Model? = {
        let model = try? ModelCatalogue().model(named: "facenet")
        if model == nil { print("skipped: FaceNet is not here; run `faceprint model fetch` to run these tests") }
        return model
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where FaceNet hasn't been fetched.
    public static var needsFaceNet: Self {
        .enabled(if: FaceNet.model != nil, "FaceNet is not here; run `faceprint model fetch`")
    }
}
