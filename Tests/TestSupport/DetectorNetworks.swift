import FaceprintFiles
import FaceprintModels
import Testing

/// The detectors' networks, where `faceprint model fetch` has put them.
public enum DetectorNetworks {
    public static let yunet = DataFolder().yunet
    public static let mtcnn = DataFolder().mtcnn

    public static let arePresent: Bool = {
        do {
            _ = try DetectorFiles().yunet()
            _ = try DetectorFiles().mtcnn()
            return true
        } catch {
            print("skipped: \(error)")
            return false
        }
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the detectors haven't been fetched.
    public static var needsDetectors: Self {
        .enabled(if: DetectorNetworks.arePresent, "the detectors are not here; run `faceprint model fetch`")
    }
}
