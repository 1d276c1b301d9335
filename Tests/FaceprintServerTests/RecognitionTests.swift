import FaceprintGallery
import Foundation
import Testing

@testable import FaceprintServer

/// CompreFace's recognition, verification and detection, over a tiny model that takes whole photos.
@Suite struct RecognitionTests {
    private let app = try! TestApplication()

    private func subjects(_ answer: Answer) throws -> [[String: Any]] {
        let result = try #require(answer.json["result"] as? [[String: Any]])
        return try #require(result.first?["subjects"] as? [[String: Any]])
    }

    @Test func theNearestPeopleComeWithDistanceThresholdAndVerdict() throws {
        for number in 1...3 { try app.enroll("p\(number)", number) }
        let answer = try app("POST", "/api/v1/recognition/recognize?prediction_count=3", photo: try testPhoto(2))
        let people = try subjects(answer)
        #expect(people.count == 3)
        #expect(people[0]["subject"] as? String == "p2")
        #expect(people[0]["distance"] as? Double == 0)
        #expect(people[0]["threshold"] as? Double == 0.01)
        #expect(people[0]["is_match"] as? Bool == true)
        let similarities = people.compactMap { $0["similarity"] as? Double }
        #expect(similarities == similarities.sorted(by: >))
        #expect((answer.json["result"] as? [[String: Any]])?.first?["known"] as? Bool == true)
    }

    @Test func aStrangerIsSaidToBeUnknown() throws {
        try app.enroll("p1", 1)
        let answer = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(99))
        #expect((answer.json["result"] as? [[String: Any]])?.first?["known"] as? Bool == false)
        #expect(try subjects(answer).first?["is_match"] as? Bool == false)
        #expect(try subjects(answer).first?["similarity"] as? Double ?? 1 < 0.5)
    }

    @Test func inAnEmptyGalleryNobodyIsNear() throws {
        let answer = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(1))
        #expect(try subjects(answer).isEmpty)
    }

    @Test func photosMayComeInBase64() throws {
        try app.enroll("p1", 1)
        let text = Data(try testPhoto(1)).base64EncodedString()
        for file in [text, "data:image/png;base64,\(text)"] {
            let answer = try app("POST", "/api/v1/recognition/recognize", json: ["file": file])
            #expect(try subjects(answer).first?["subject"] as? String == "p1")
        }
        let noBase64 = try app("POST", "/api/v1/recognition/recognize", json: ["file": "§"])
        #expect(noBase64.status == 400, "\(noBase64.text)")
        #expect(try app("POST", "/api/v1/recognition/recognize", json: ["file": 3]).code == 33)
        #expect(try app("POST", "/api/v1/recognition/recognize", json: [1, 2]).code == 26)
    }

    @Test func pluginsAddWhatTheyAreAskedFor() throws {
        let answer = try app(
            "POST", "/api/v1/detection/detect?face_plugins=calculator,landmarks&status=true",
            photo: try testPhoto(1))
        let face = try #require((answer.json["result"] as? [[String: Any]])?.first)
        #expect((face["embedding"] as? [Double])?.count == 8)
        #expect(face["execution_time"] != nil)
        #expect(answer.json["plugins_versions"] != nil)
        let plain = try app("POST", "/api/v1/detection/detect", photo: try testPhoto(1))
        #expect((plain.json["result"] as? [[String: Any]])?.first?.keys.sorted() == ["box"])
    }

    @Test func storedAndSentFacesAreCompared() throws {
        let added = try app("POST", "/api/v1/recognition/faces?subject=ada", photo: try testPhoto(1))
        let id = try #require(added.json["image_id"] as? String)
        for (photo, isMatch) in [(1, true), (5, false)] {
            let answer = try app("POST", "/api/v1/recognition/faces/\(id)/verify", photo: try testPhoto(photo))
            let face = try #require((answer.json["result"] as? [[String: Any]])?.first)
            #expect(face["is_match"] as? Bool == isMatch)
            #expect(face["box"] != nil)
        }
        let both = try app(
            "POST", "/api/v1/verification/verify",
            parts: [
                FormPart(name: "source_image", bytes: try testPhoto(1)),
                FormPart(name: "target_image", bytes: try testPhoto(1)),
            ])
        let result = try #require((both.json["result"] as? [[String: Any]])?.first)
        #expect(result["source_image_face"] != nil)
        #expect((result["face_matches"] as? [[String: Any]])?.first?["is_match"] as? Bool == true)
        #expect(
            try app(
                "POST", "/api/v1/verification/verify",
                parts: [FormPart(name: "source_image", bytes: try testPhoto(1))]
            ).code == 33)
    }

    @Test func embeddingsComeBack() throws {
        try app.enroll("ada", 1)
        let id = try #require(
            (try app("GET", "/api/v1/recognition/faces").json["faces"] as? [[String: String]])?.first?["image_id"])
        let detected = try app("POST", "/api/v1/detection/detect?face_plugins=calculator", photo: try testPhoto(1))
        let embedding = try #require((detected.json["result"] as? [[String: Any]])?.first?["embedding"] as? [Double])
        let recognized = try app("POST", "/api/v1/recognition/embeddings/recognize", json: ["embeddings": [embedding]])
        let similar = (recognized.json["result"] as? [[String: Any]])?.first?["similarities"] as? [[String: Any]]
        #expect(similar?.first?["subject"] as? String == "ada")
        let verified = try app(
            "POST", "/api/v1/recognition/embeddings/faces/\(id)/verify", json: ["embeddings": [embedding]])
        #expect((verified.json["result"] as? [[String: Any]])?.first?["is_match"] as? Bool == true)
        let compared = try app(
            "POST", "/api/v1/verification/embeddings/verify", json: ["source": embedding, "targets": [embedding]])
        #expect((compared.json["result"] as? [[String: Any]])?.first?["is_match"] as? Bool == true)
        for wrong in [[1.0], [Double](repeating: 0, count: 8), [Double](repeating: 1e300, count: 8)] {
            let answer = try app("POST", "/api/v1/recognition/embeddings/recognize", json: ["embeddings": [wrong]])
            #expect(answer.status == 400, "\(wrong)")
        }
    }

    @Test(arguments: [
        "limit=-1", "limit=x", "prediction_count=0", "det_prob_threshold=1.5", "det_prob_threshold=nan",
        "face_plugins=telepathy", "status=yes",
    ])
    func aParameterThatIsNotUnderstoodIsNamed(query: String) throws {
        let answer = try app("POST", "/api/v1/recognition/recognize?\(query)", photo: try testPhoto(1))
        #expect(answer.status == 400)
        #expect(answer.message.contains(query.prefix { $0 != "=" }))
    }

    @Test func whatIsNoPhotoIsRefusedWithAReason() throws {
        let text = try app("POST", "/api/v1/recognition/recognize", photo: Array("hello, this is text".utf8))
        #expect(text.code == 21)
        #expect(text.message.contains("text"))
        let cut = try app("POST", "/api/v1/recognition/recognize", photo: Array(try testPhoto(1).dropLast(40)))
        #expect(cut.code == 21)
        #expect(try app("POST", "/api/v1/recognition/recognize", photo: []).code == 21)
        #expect(try app("POST", "/api/v1/recognition/recognize").code == 33)
    }

    @Test func decisionsAreRecorded() throws {
        try app.enroll("ada", 1)
        _ = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(1))
        _ = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(9))
        let events = try app.gallery.events(EventFilter(limit: 2))
        #expect(events.map(\.kind) == [.refused, .identified])
        #expect(events.map(\.person) == [nil, "ada"])
        #expect(events.allSatisfy { $0.actor == "key all" })
    }
}
