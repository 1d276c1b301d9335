import Faceprint
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

@testable import FaceprintVideo

/// Faces of LFW that move through videos, recognised by the default model.
@Suite(.needsSharedData, .needsFaceNet, .needsDetectors) struct RecognitionTests {
    private let folder = try! TemporaryFolder()
    private let encoder = try! Encoder(try! ModelCatalogue().recognitionModel(named: "fused"))
    private let detector = try! YuNetDetector(path: DetectorNetworks.yunet)

    /// All decisions about a video, with the last two photos of each person enrolled.
    private func decisions(_ path: String, enrolled people: [String]) throws -> [TrackDecision] {
        var index = TemplateIndex(space: encoder.space, dimension: encoder.model.embeddingLength)
        for (id, person) in people.enumerated() {
            index.setPerson(id, name: person, groups: [])
            for (number, photo) in try SharedData.lfwPhotos(of: person).suffix(2).enumerated() {
                let image = try Image(contentsOf: photo)
                let face = try #require(try detector.detect(in: image).largest)
                let template = try encoder.encode([FaceInPhoto(photo: image, face: face)])[0]
                try index.setTemplate(10 * id + number, of: id, values: template.values)
            }
        }
        let templates = index
        let recognizer = VideoRecognizer(encoder: encoder, detector: detector) {
            try identify($0, in: templates, threshold: 1)
        }
        let reader = try VideoReader(try VideoSource(path))
        var decisions: [TrackDecision] = []
        while let frame = try reader.next() { decisions += try recognizer.process(frame) }
        return decisions + (try recognizer.finish())
    }

    @Test func whoCrossEachOtherAreEachDecidedOnce() throws {
        let path = folder.path("crossing.mp4")
        let photos = try ["Tony_Blair", "David_Beckham"].map { try SharedData.lfwPhotos(of: $0)[0] }
        try MovingPhoto.write(
            path, frames: 75,
            [
                MovingPhoto(photos[0], frames: 0..<75, from: (0, 110), to: (380, 110), sides: (250, 250)),
                MovingPhoto(photos[1], frames: 0..<75, from: (390, 100), to: (10, 100), sides: (250, 250)),
            ])
        let found = try decisions(path, enrolled: ["David_Beckham", "Tony_Blair"])
        #expect(found.compactMap(\.match?.person).sorted() == ["David_Beckham", "Tony_Blair"])
        #expect(found.count == 2)
        for decision in found {
            #expect(decision.distances.count == 3)
            #expect(decision.match?.distance == decision.distances.last)
        }
    }

    @Test func aStrangerIsDecidedAtTheTracksEndAndNobodyIsEnrolled() throws {
        let path = folder.path("short.mp4")
        let photo = try SharedData.lfwPhotos(of: "Hugo_Chavez")[0]
        // Too short for all the good frames that would be waited for.
        try MovingPhoto.write(
            path, frames: 20, [MovingPhoto(photo, frames: 0..<12, from: (50, 50), to: (80, 60), sides: (240, 250))])
        let found = try decisions(path, enrolled: ["Tony_Blair"])
        #expect(found.count == 1 && found[0].match == nil)
        #expect(found[0].sightings == 12 && found[0].start == 0 && abs(found[0].end - 11.0 / 25) < 0.01)
        #expect(found[0].distances.count < DecisionSettings().atMost)
        #expect(try decisions(path, enrolled: []).map(\.identification.candidates) == [[]])
    }

    @Test func repeatsAreLeftOut() throws {
        func decision(_ person: String?, from start: Double, to end: Double) -> TrackDecision {
            let point = Point(x: 0, y: 0)
            let marks = Landmarks(leftEye: point, rightEye: point, nose: point, leftMouth: point, rightMouth: point)
            return TrackDecision(
                track: 1,
                identification: Identification(
                    candidates: person.map { [Candidate(person: $0, distance: 0.5)] } ?? [], threshold: 1),
                distances: [0.5], sightings: 9, start: start, end: end,
                face: Face(box: Box(x: 0, y: 0, width: 9, height: 9), landmarks: marks, score: 1), bestTime: start)
        }
        var filter = RepeatFilter(seconds: 30)
        let first = [
            filter.isNew(decision("ann", from: 0, to: 1)), filter.isNew(decision("bob", from: 2, to: 3)),
            filter.isNew(decision("ann", from: 20, to: 25)),
        ]
        #expect(first == [true, true, false])
        // Ann stays until then.
        filter.saw("ann", at: 50)
        let later = [
            filter.isNew(decision("ann", from: 70, to: 71)), filter.isNew(decision("ann", from: 102, to: 103)),
            filter.isNew(decision(nil, from: 102, to: 103)), filter.isNew(decision(nil, from: 102, to: 103)),
        ]
        #expect(later == [false, true, true, true])
    }
}
