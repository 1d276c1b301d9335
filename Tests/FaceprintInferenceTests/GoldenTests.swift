import Faceprint
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// FaceNet against TensorFlow's numbers for the assignment's photos.
@Suite(.needsFaceNet, .needsSharedData) struct GoldenTests {
    let seed = try! Seed()

    private func encoder(
        _ precision: EncoderOptions.Precision, mode: EncoderOptions.Mode = .latency
    ) throws -> Encoder {
        try Encoder(
            RecognitionModel(try #require(FaceNet.model)), profile: .assignment,
            options: EncoderOptions(precision: precision, mode: mode))
    }

    /// The network alone, whose numbers are not scaled to unit length yet.
    private func network(
        _ precision: EncoderOptions.Precision, mode: EncoderOptions.Mode = .latency
    ) throws -> NetworkEncoder {
        try NetworkEncoder(
            try #require(FaceNet.model), profile: .assignment,
            options: EncoderOptions(precision: precision, mode: mode))
    }

    /// ‖found − expected‖ / ‖expected‖
    private func relativeError(_ found: [Float], _ expected: [Float]) -> Float {
        let zero = [Float](repeating: 0, count: expected.count)
        return (squaredEuclideanDistance(found, expected) / squaredEuclideanDistance(expected, zero)).squareRoot()
    }

    @Test(arguments: EncoderOptions.Mode.allCases)
    func everyEmbeddingIsTheReferenceInF32(mode: EncoderOptions.Mode) throws {
        let outputs = try network(.f32, mode: mode).outputs(for: seed.images)
        #expect(outputs.count == 18)
        for (name, (found, expected)) in zip(seed.names, zip(outputs, seed.outputs)) {
            #expect(relativeError(found, expected) < 1e-4, "\(name)")
        }
    }

    @Test func everyEmbeddingIsNearTheReferenceInBF16() throws {
        let encoder: NetworkEncoder
        do {
            encoder = try network(.bf16)
        } catch InferenceError.noBF16 {
            print("skipped: this processor has no bf16 arithmetic")
            return
        }
        let outputs = try encoder.outputs(for: seed.images)
        for (name, (found, expected)) in zip(seed.names, zip(outputs, seed.outputs)) {
            #expect(relativeError(found, expected) < 5e-2, "\(name)")
        }
    }

    @Test func theAssignmentsVerifications() throws {
        let encoder = try encoder(.f32)
        #expect(seed.verifications.count == 6)
        for expected in seed.verifications {
            let probe = try encoder.encode(try photo(expected.photo))
            let template = try encoder.encode(try photo(expected.identity + ".jpg"))
            let decision = try verify(probe, against: [template], threshold: 0.7)
            #expect(decision.isMatch == expected.doorOpen, "\(expected.photo) as \(expected.identity)")
            #expect(abs(decision.distance - expected.libjpegTurbo) < 0.0005, "\(expected.photo)")
            #expect(abs(decision.distance - expected.published) < 0.015, "\(expected.photo)")
        }
    }

    @Test func theAssignmentsIdentifications() throws {
        let encoder = try encoder(.f32)
        let templates = try encoder.encode(try seed.people.map(photo))
        let names = seed.people.map { String($0.prefix { $0 != "." }) }
        let index = try TemplateIndex(zip(names, templates).map { (person: $0, embedding: $1) })
        #expect(seed.identifications.count == 7)
        for expected in seed.identifications {
            let probe = try encoder.encode(try photo(expected.photo))
            let answer = try identify(probe, in: index, threshold: 0.7)
            #expect(answer.candidates[0].person == expected.nearest, "\(expected.photo)")
            #expect((answer.match != nil) == expected.inDatabase, "\(expected.photo)")
            #expect(abs(answer.candidates[0].distance - expected.distance) < 0.0005, "\(expected.photo)")
        }
    }

    private func photo(_ name: String) throws -> Image {
        try Image(
            contentsOf: SharedData.url("seed/images/\(name)").path, limits: PhotoLimits(convertsColours: false))
    }
}
