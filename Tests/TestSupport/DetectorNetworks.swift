import FaceprintFiles
import Foundation
import Testing

/// The detectors' networks, where they have been fetched.
enum DetectorNetworks {
    static let folder = DataFolder().path + "/detectors"
    static let yunet = folder + "/yunet.onnx"
    static let mtcnn = folder + "/mtcnn"

    static let arePresent: Bool = {
        let files = [yunet] + ["pnet", "rnet", "onet"].map { "\(mtcnn)/\($0).onnx" }
        let missing = files.filter { !FileManager.default.fileExists(atPath: $0) }
        if !missing.isEmpty { print("skipped: \(missing[0]) is not here; fetch the detectors to run these tests") }
        return missing.isEmpty
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where the detectors haven't been fetched.
    static var needsDetectors: Self {
        .enabled(if: DetectorNetworks.arePresent, "the detectors are not here; fetch them first")
    }
}
