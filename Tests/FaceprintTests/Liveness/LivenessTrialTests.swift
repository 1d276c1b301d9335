import Faceprint
import Foundation
import TestSupport
import Testing

/// What a trial makes of frames.
@Suite struct LivenessTrialTests {
    /// A trial, and a head before its camera, four frames a second.
    private struct Scene {
        var trial: LivenessTrial
        var head = SyntheticHead()
        var person = 0.0
        var seconds = 0.0

        init(_ turns: LivenessChallenge.Turn..., seconds: Double = 12) {
            trial = LivenessTrial(
                LivenessChallenge(turns: turns, seconds: seconds), settings: LivenessSettings(identityThreshold: 1))
        }

        /// The frames of a head at these angles, one after the other.
        @discardableResult
        mutating func see(_ yaws: Double..., pitch: Double = 0, roll: Double = 0) throws -> LivenessTrial.State {
            for yaw in yaws {
                seconds += 0.25
                try trial.add(
                    LivenessFrame(
                        face: head.face(yaw: yaw, pitch: pitch, roll: roll), embedding: try embedding(person),
                        seconds: seconds))
            }
            return trial.state
        }
    }

    @Test func theStepsAreAskedForInTurn() throws {
        var scene = Scene(.left, .right)
        #expect(scene.trial.step == .look)
        #expect(try scene.see(3, 1) == .waiting(.turn(.left)))
        // The person's left is the photo's right.
        #expect(try scene.see(10, 20, 28) == .waiting(.turn(.left)))
        #expect(try scene.see(30) == .waiting(.look))
        #expect(try scene.see(15) == .waiting(.look))
        #expect(try scene.see(4) == .waiting(.turn(.right)))
        #expect(try scene.see(-12, -26, -33) == .waiting(.look))
        #expect(scene.trial.done == 4)
        guard case .passed(let frontal) = try scene.see(-20, -2) else {
            Issue.record("\(scene.trial.state)")
            return
        }
        // The straighter of the first two.
        #expect(frontal.seconds == 0.5)
        #expect(scene.trial.step == nil && scene.trial.done == 5)
        // It is over.
        #expect(try scene.see(40, 40) == .passed(frontal: frontal))
    }

    @Test func itBeginsWithAStraightFace() throws {
        var scene = Scene(.left)
        #expect(try scene.see(20, 20, 20, -30) == .waiting(.look))
        #expect(try scene.see(0, pitch: 40) == .waiting(.look))
        #expect(try scene.see(0, 20, 0) == .waiting(.look))
        #expect(try scene.see(0) == .waiting(.turn(.left)))
    }

    @Test func passersByBeforeItBeginsOnlyDelayIt() throws {
        var scene = Scene(.left)
        try scene.see(0)
        scene.person = 90
        #expect(try scene.see(0) == .waiting(.look))
        #expect(try scene.see(0) == .waiting(.turn(.left)))
        guard case .passed(let frontal) = try scene.see(30, 30, 0) else {
            Issue.record("\(scene.trial.state)")
            return
        }
        #expect(frontal.embedding == (try embedding(90)))
    }

    @Test func turningTheOtherWayFails() throws {
        var scene = Scene(.left)
        #expect(try scene.see(0, 0, -15, -30) == .failed(.wrongTurn))
        // Also where looking back is asked for.
        scene = Scene(.left, .left)
        #expect(try scene.see(0, 0, 25, 30, 15, -14, -30) == .failed(.wrongTurn))
    }

    @Test func theTimeIsLimited() throws {
        var scene = Scene(.left, seconds: 2)
        #expect(try scene.see(0, 0, 10, 10, 10, 10, 10, 10) == .waiting(.turn(.left)))
        #expect(try scene.see(10) == .failed(.tooLate))
        scene = Scene(.left)
        scene.seconds = .nan
        #expect(try scene.see(0) == .failed(.tooLate))
    }

    @Test func gapsAndJumpsFail() throws {
        var scene = Scene(.left)
        try scene.see(0, 0, 20)
        scene.seconds += 1.5
        #expect(try scene.see(30) == .failed(.interrupted))

        scene = Scene(.left)
        try scene.see(0, 0, 20)
        scene.head.middle.x += 110
        #expect(try scene.see(30) == .failed(.moved))

        scene = Scene(.left, .right)
        #expect(try scene.see(0, 0, 30, 30, -40) == .failed(.moved))
    }

    @Test func anotherPersonFails() throws {
        var scene = Scene(.left)
        try scene.see(0, 0, 20)
        scene.person = 50
        #expect(try scene.see(30) == .waiting(.turn(.left)), "the same, at a distance of 0.85")
        scene.person = 70
        #expect(try scene.see(30) == .failed(.otherPerson))
    }

    @Test(arguments: [0, 0.05, 0.1])
    func aPictureThatIsTurnedFails(depth: Double) throws {
        var scene = Scene(.left)
        scene.head.depth = depth
        #expect(try scene.see(0, 0, 15, 30, 40, 40) == .waiting(.turn(.left)))
        #expect(try scene.see(55) == .failed(.flat))
    }

    @Test func aPictureBentALittleFails() throws {
        var scene = Scene(.left)
        scene.head.depth = 0.22
        #expect(try scene.see(0, 0, 20, 30, 40, 50, 50, 60, 60, 60) == .waiting(.turn(.left)))
    }

    @Test func noddingAndTiltingAreNoTurns() throws {
        var scene = Scene(.left)
        try scene.see(0, 0)
        for pitch in stride(from: 0.0, through: 55, by: 5) {
            #expect(try scene.see(0, pitch: pitch) == .waiting(.turn(.left)))
        }
    }

    @Test func aFaceOnItsSideIsNotTurned() throws {
        var scene = Scene(.left)
        #expect(try scene.see(0, 0, roll: 5) == .waiting(.turn(.left)))
        #expect(try scene.see(30, 30, 30, roll: 45) == .waiting(.turn(.left)))
        #expect(try scene.see(30, 30, roll: 25) == .waiting(.look))
    }

    @Test func oneFrameIsNotEnoughForATurn() throws {
        var scene = Scene(.left)
        #expect(try scene.see(0, 0, 30, 10, 30, 10, 30) == .waiting(.turn(.left)))
        #expect(try scene.see(30) == .waiting(.look))
    }

    @Test func framesOutOfOrderChangeNothing() throws {
        var scene = Scene(.left)
        try scene.see(0, 0, 30)
        scene.seconds -= 0.25
        #expect(try scene.see(30) == .waiting(.turn(.left)))
        scene.seconds -= 0.5
        #expect(try scene.see(30) == .waiting(.turn(.left)))
        #expect(scene.trial.done == 1)
    }

    @Test func otherModelsEmbeddingsAreRefused() throws {
        var scene = Scene(.left)
        try scene.see(0, 0)
        let frame = LivenessFrame(face: scene.head.face(), embedding: try embedding(0, of: "b"), seconds: 1)
        #expect(throws: FaceprintError.self) { try scene.trial.add(frame) }
        #expect(scene.trial.step == .turn(.left))
    }

    @Test func challengesAreOfEightKindsEquallyOften() {
        var random = SeededRandom(seed: 1)
        var counts: [[LivenessChallenge.Turn]: Int] = [:]
        for _ in 0..<8000 { counts[LivenessChallenge.random(using: &random).turns, default: 0] += 1 }
        #expect(counts.count == 8)
        #expect(counts.allSatisfy { $0.key.count == 3 && abs($0.value - 1000) < 150 })
    }
}

/// A person's embedding; two persons are 2·sin(difference / 2) apart.
private func embedding(_ degrees: Double, of model: String = "a") throws -> Embedding {
    try Embedding(
        normalizing: [Float(cos(degrees * .pi / 180)), Float(sin(degrees * .pi / 180))], space: .made(by: model))
}
