import Faceprint
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// SFace, whose file is folded and whose batch is opened at the import, against ONNX Runtime on the file as it was.
@Suite(.needsFaceNet, .needsSharedData) struct SFaceTests {
    private let model: Model
    /// Cut out of the middle of the seed photos, 112×112.
    private let pictures: [Image]
    private let expected: [[Float]]

    init() throws {
        model = try ModelCatalogue().model(named: "sface")
        pictures = try Seed().images.prefix(6).map { image in
            let rows = (24..<136).map { y -> ArraySlice<UInt8> in
                let start = (y * 160 + 24) * 3
                return image.pixels[start..<(start + 112 * 3)]
            }
            return try Image(width: 112, height: 112, pixels: Array(rows.joined()))
        }
        let file = SharedData.packageFolder.appending(path: "Tests/Python/sface-embeddings.json")
        expected = try JSONDecoder().decode([[Float]].self, from: Data(contentsOf: file))
    }

    @Test func aBatchGivesTheOriginalsNumbers() throws {
        #expect(model.manifest.input.batch == nil)
        let cut = PreprocessingProfile(name: "cut", alignment: .wholePhoto, normalization: .raw)
        let options = EncoderOptions(precision: .f32, mode: .throughput)
        let outputs = try NetworkEncoder(model, profile: cut, options: options).outputs(for: pictures)
        #expect(outputs.count == expected.count)
        for (found, expected) in zip(outputs, expected) {
            // The numbers are about 1 in size, and stored with five digits after the point.
            for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-3) }
        }
    }
}
