import Faceprint
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// The liveness challenge with real photos, through the detector and the encoder.
@Suite(.needsSharedData, .needsDetectors, .needsFaceNet) struct LivenessTests {
    private let recognizer: Recognizer
    private let settings: LivenessSettings
    private let challenge = LivenessChallenge(turns: [.left, .right])

    init() throws {
        let model = try ModelCatalogue().recognitionModel(named: "fused")
        recognizer = Recognizer(
            encoder: try Encoder(model), detector: try YuNetDetector(path: try DetectorFiles().yunet()))
        settings = LivenessSettings(identityThreshold: model.thresholds.verification)
    }

    private func photo(_ person: String, _ number: Int) throws -> Image {
        let name = "\(person)/\(person)_\(String(format: "%04d", number)).jpg"
        return try Photo(contentsOf: SharedData.url("lfw-dev/images/\(name)").path).image
    }

    /// What a trial makes of photos, four a second.
    private func outcome(_ photos: [Image]) throws -> LivenessTrial {
        var trial = LivenessTrial(challenge, settings: settings)
        for (place, faces) in try recognizer.faces(of: photos, .central).enumerated() {
            let found = try #require(try faces.get().first)
            try trial.add(
                LivenessFrame(
                    face: try #require(found.face), embedding: found.embedding, seconds: Double(place) * 0.25))
        }
        return trial
    }

    @Test(
        arguments: [
            ("Adrien_Brody", 2, 5, 12), ("Howard_Dean", 5, 12, 8), ("Trent_Lott", 6, 16, 10),
        ] as [(String, Int, Int, Int)])
    func aPersonInSeveralPosesPasses(person: String, straight: Int, left: Int, right: Int) throws {
        let (ahead, left, right) = try (photo(person, straight), photo(person, left), photo(person, right))
        let trial = try outcome([ahead, ahead, left, left, ahead, right, right, ahead])
        guard case .passed(let frontal) = trial.state else {
            Issue.record("\(trial.state)")
            return
        }
        #expect(frontal.seconds == 0)
        // The turns are the person's own: the other way round it fails.
        #expect(try outcome([ahead, ahead, right, right]).state == .failed(.wrongTurn))
        // Another person's turn is none.
        let other = try photo("Tom_Ridge", 18)
        #expect(try outcome([ahead, ahead, other]).state == .failed(.otherPerson))
    }

    @Test(arguments: ["Adrien_Brody", "Howard_Dean", "Trent_Lott"])
    func aStillOfThemOnASheetFails(person: String) throws {
        let still = try photo(person, ["Adrien_Brody": 2, "Howard_Dean": 5, "Trent_Lott": 6][person] ?? 1)
        let face = try #require(try recognizer.faces(of: still, .central)[0].face).landmarks
        func seen(_ yaw: Double) throws -> Image {
            var sheet = Sheet(distance: 6)
            sheet.yaw = yaw
            return try still.seen(on: sheet, face: face)
        }
        let ahead = try seen(0)
        let trial = try outcome([ahead, ahead] + [20, 20, 30, 30, 40, 40, 50, 50].map(seen))
        #expect(trial.done == 1, "\(trial.state)")
        // As a sheet that turns too far shows at last.
        #expect(try outcome([ahead, ahead, seen(35), seen(65)]).done == 1)
    }
}
