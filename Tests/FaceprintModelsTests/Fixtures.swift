import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

/// The weights of FaceNet, read once for all tests.
enum FaceNetWeights {
    /// `facenet_keras.h5`, where `faceprint model fetch` puts it.
    static let kerasFile: String? = {
        let path = DataFolder().sources + "/facenet_keras.h5"
        guard FileManager.default.fileExists(atPath: path) else {
            print("skipped: there is no \(path); run `faceprint model fetch` to run these tests")
            return nil
        }
        return path
    }()

    static let network = Result { try Network(kerasFile: kerasFile ?? "") }

    /// The network as an ONNX file's bytes.
    static let onnx = network.map { $0.onnx() }
}

/// The quantised weights of SFace.
enum SFaceWeights {
    /// As `faceprint model fetch` puts it.
    static let file: String? = {
        let path = "\(DataFolder().path)/\(PythonPackage.sFaceWeights.target)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()
}

extension Trait where Self == ConditionTrait {
    static var needsFaceNetWeights: Self {
        .enabled(if: FaceNetWeights.kerasFile != nil, "there are no FaceNet weights here")
    }
    static var needsSFaceWeights: Self {
        .enabled(if: SFaceWeights.file != nil, "SFace is not here; run `faceprint model fetch`")
    }
}

extension ModelManifest {
    /// A manifest that describes no model in particular.
    static func example(named name: String, threshold: Float = 0.7) -> ModelManifest {
        ModelManifest(
            name: name, input: .init(name: "photo", width: 6, height: 5, layout: .channelsLast, channels: .rgb),
            preprocessing: .standardized, output: "bottleneck", embeddingLength: 2,
            thresholds: Thresholds(verification: threshold, identification: threshold), layers: 13,
            parameters: 1, source: "a test", sha256: "", licence: "none")
    }
}
