import Faceprint
import FaceprintInference
import TestSupport
import Testing

@testable import FaceprintServer

/// What goes over the socket.
@Suite struct ResidentAnswerTests {
    private let space = EmbeddingSpace(model: "m", modelSHA256: "s", profile: "p")

    private func face(_ seed: Float) throws -> EncodedFace {
        let points = (0..<5).map { Point(x: seed + Float($0) / 3, y: seed / 7 - Float($0)) }
        let face = Face(
            box: Box(x: -seed, y: 0.1, width: 1 / seed, height: 33.3),
            landmarks: Landmarks(
                leftEye: points[0], rightEye: points[1], nose: points[2], leftMouth: points[3], rightMouth: points[4]),
            score: 0.9)
        return EncodedFace(
            face: face,
            embedding: try Embedding(normalizing: (1...128).map { Float($0) * seed - 60 }, space: space))
    }

    @Test func facesArriveToTheLastBit() throws {
        let whole = EncodedFace(face: nil, embedding: try face(3).embedding)
        for faces in [[], [try face(1)], [try face(1.7), try face(2)], [whole]] {
            let bytes = ResidentAnswer.bytes(of: .success(faces))
            #expect(ResidentAnswer.outcome(of: bytes, space: space) == .success(faces))
        }
    }

    @Test(arguments: [FaceSelectionError.noFace, .severalFaces(count: 3)])
    func whyThereIsNoFaceArrives(error: FaceSelectionError) {
        let bytes = ResidentAnswer.bytes(of: .failure(error))
        #expect(ResidentAnswer.outcome(of: bytes, space: space) == .failure(error))
    }

    @Test func whatIsNoAnswerIsNone() throws {
        let bytes = ResidentAnswer.bytes(of: .success([try face(1), try face(2)]))
        for count in 0..<bytes.count { #expect(ResidentAnswer.outcome(of: bytes[..<count], space: space) == nil) }
        #expect(ResidentAnswer.outcome(of: bytes + [0, 0, 0, 0], space: space) == nil)
        // Any one bit of the head.
        for bit in 0..<(16 * 8) {
            var other = bytes
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(ResidentAnswer.outcome(of: other, space: space) == nil)
        }
        // Numbers that no face has.
        for word in [5, 20, 100] {
            var other = bytes
            other.replaceSubrange((4 * word)..<(4 * word + 4), with: [0, 0, 0xC0, 0x7F])
            #expect(ResidentAnswer.outcome(of: other, space: space) == nil)
        }
        var generator = SeededRandom(seed: 7)
        for _ in 0..<1000 {
            let noise = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            #expect(ResidentAnswer.outcome(of: bytes.prefix(16) + noise, space: space) == nil)
        }
    }
}
