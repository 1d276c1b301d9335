import Faceprint
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport

@testable import FaceprintServer

/// A tiny model, a folder for a socket, and photos.
struct ResidentSetup {
    let folder: TemporaryFolder
    let recognizer: Recognizer
    let terms: ResidentTerms

    /// - Parameter faces: How many each photo is said to have; nil for a model that takes whole photos.
    init(faces: Int? = nil) throws {
        folder = try TemporaryFolder()
        let profile: PreprocessingProfile = faces == nil ? .assignment : try .named("box")
        let model = try TinyEncoder.install(in: ModelCatalogue(folder: folder.path("models")), profile: profile)
        let encoder = try Encoder(RecognitionModel(model))
        recognizer = Recognizer(encoder: encoder, detector: faces.map { SaidFaces(count: $0) })
        terms = ResidentTerms(
            version: "test", space: encoder.space, modelSHA256: encoder.model.sha256, detector: "said", device: "CPU",
            precision: "f32", limits: .standard)
    }

    var socket: String { folder.path("serve.sock") }

    var recognition: ResidentRecognition { ResidentRecognition(terms) { [recognizer] in recognizer } }

    func server() throws -> ResidentServer {
        try ResidentServer(recognition, socket: socket, ListenerOptions())
    }

    func client(_ terms: ResidentTerms? = nil) -> ResidentClient {
        ResidentClient(socket: socket, terms ?? self.terms, patience: .seconds(60))
    }

    func photo(_ number: Int) throws -> String {
        let path = folder.path("\(number).png")
        try Data(try testImage(number, side: 64).pngData()).write(to: URL(fileURLWithPath: path))
        return path
    }
}

/// Finds as many faces as it is told to, side by side.
private struct SaidFaces: FaceDetector {
    let count: Int

    func detect(in photos: [Image]) throws -> [[Face]] {
        photos.map { _ in
            (0..<count).map { place in
                let x = Float(20 * place)
                let points = [(5, 6), (13, 6), (9, 10), (6, 14), (12, 14)].map { Point(x: x + $0.0, y: $0.1) }
                return Face(
                    box: Box(x: x, y: 0, width: 18 - Float(place), height: 20),
                    landmarks: Landmarks(
                        leftEye: points[0], rightEye: points[1], nose: points[2], leftMouth: points[3],
                        rightMouth: points[4]), score: 0.9)
            }
        }
    }
}
