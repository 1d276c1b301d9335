import Faceprint
import FaceprintFiles
import FaceprintInference
import Foundation
import TestSupport
import Testing

/// MTCNN against the same networks in Python, and its stages alone.
@Suite(.needsDetectors, .needsSharedData) struct MTCNNTests {
    private func detector(mode: EncoderOptions.Mode = .latency) throws -> MTCNNDetector {
        try MTCNNDetector(folder: DetectorNetworks.mtcnn, options: EncoderOptions(precision: .f32, mode: mode))
    }

    @Test(arguments: EncoderOptions.Mode.allCases)
    func singlePhotosGiveTheOriginalsFaces(mode: EncoderOptions.Mode) throws {
        let reference = try ReferenceFaces("mtcnn")
        let found = try detector(mode: mode).detect(in: reference.photos)
        #expect(found.count == 227)
        var agreement = Agreement()
        for (faces, expected) in zip(found, reference.faces) { agreement.add(faces, expected: expected) }
        print("MTCNN, single photos, \(mode): \(agreement)")
        #expect(agreement.share >= 0.99)
        #expect(Double(agreement.others) <= 0.01 * Double(agreement.faces))
    }

    @Test(arguments: ReferenceFaces.Group.allCases)
    func groupPhotosGiveTheOriginalsFaces(kind: ReferenceFaces.Group) throws {
        let (photo, expected) = try ReferenceFaces("mtcnn").group(kind)
        let faces = try detector().detect(in: photo)
        var agreement = Agreement()
        agreement.add(faces, expected: expected)
        print("MTCNN, \(kind) group: \(agreement)")
        #expect(agreement.share >= 0.99)
        #expect(abs(faces.count - expected.count) <= expected.count / 50)
    }

    @Test func stagesOneByOneGiveTheDetectorsFaces() throws {
        let photo = try ReferenceFaces("mtcnn").photos[0]
        let detector = try detector()
        let proposed = try detector.proposal.candidates(in: photo)
        let refined = try detector.refinement.refine(proposed, in: photo)
        let faces = try detector.output.faces(refined, in: photo)
        #expect(proposed.count > refined.count && refined.count >= faces.count)
        #expect(faces == (try detector.detect(in: photo)))
        #expect(zip(proposed, proposed.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func candidatesThatAPhotoCannotHoldAreDropped() throws {
        let photo = try ReferenceFaces("mtcnn").photos[0]
        let detector = try detector()
        let boxes = [
            Box(x: .nan, y: 0, width: 10, height: 10), Box(x: 0, y: 0, width: .infinity, height: 10),
            Box(x: 0, y: 0, width: 1e30, height: 1e30), Box(x: 0, y: 0, width: 0, height: -5),
            Box(x: 1000, y: 1000, width: 10, height: 10), Box(x: -.infinity, y: 0, width: 10, height: 10),
        ]
        let candidates = boxes.map { FaceCandidate(box: $0, score: 1) }
        #expect(try detector.refinement.refine(candidates, in: photo, threshold: -1).isEmpty)
        #expect(try detector.output.faces(candidates, in: photo, threshold: -1).isEmpty)
        #expect(try detector.output.faces([], in: photo).isEmpty)
    }

    @Test func picturesOfAnySizeAreTaken() throws {
        let detector = try detector()
        for (width, height) in [(1, 1), (1, 500), (3000, 21), (22, 22), (31, 33)] {
            let picture = try Image(
                width: width, height: height, pixels: [UInt8](repeating: 127, count: width * height * 3))
            #expect(try detector.detect(in: picture).isEmpty)
        }
        #expect(try detector.detect(in: [Image]()).isEmpty)
    }

    @Test func anotherFileIsRefused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: DetectionError.self) { try MTCNNDetector(folder: folder.url.path) }
        let error = #expect(throws: DetectionError.self) {
            try OutputNetwork(path: DetectorNetworks.mtcnn + "/rnet.onnx")
        }
        #expect(error.map { "\($0)" }?.contains("can't be used as O-Net") == true)
    }
}
