import FaceprintGallery
import Testing

@testable import FaceprintServer

/// CompreFace's subjects and faces, over a tiny model.
@Suite struct SubjectTests {
    private let app = try! TestApplication()

    @Test func subjectsAreAddedListedRenamedAndRemoved() throws {
        let added = try app("POST", "/api/v1/recognition/subjects", json: ["subject": "Ada Lovelace"])
        #expect(added.status == 201)
        #expect(added.json["subject"] as? String == "Ada Lovelace")
        #expect(try app("GET", "/api/v1/recognition/subjects").json["subjects"] as? [String] == ["Ada Lovelace"])

        let renamed = try app(
            "PUT", "/api/v1/recognition/subjects/ada%20lovelace", json: ["subject": "Ada/King"])
        #expect(renamed.json["updated"] as? Bool == true)
        // A slash in a name is no part of the path.
        let removed = try app("DELETE", "/api/v1/recognition/subjects/Ada%2FKing")
        #expect(removed.json["subject"] as? String == "Ada/King")
        #expect(try app("GET", "/api/v1/recognition/subjects").json["subjects"] as? [String] == [])
        #expect(try app("DELETE", "/api/v1/recognition/subjects/Ada%2FKing").status == 404)
    }

    @Test func aNameIsTakenOnce() throws {
        _ = try app("POST", "/api/v1/recognition/subjects", json: ["subject": "Ada"])
        let again = try app("POST", "/api/v1/recognition/subjects", json: ["subject": "ADA"])
        #expect(again.status == 409)
        #expect(again.message.contains("Ada"))
    }

    @Test func renamingToAnothersNameGivesThemTheFaces() throws {
        try app.enroll("ada", 1)
        try app.enroll("grace", 2)
        _ = try app("PUT", "/api/v1/recognition/subjects/ada", json: ["subject": "grace"])
        #expect(try app("GET", "/api/v1/recognition/subjects").json["subjects"] as? [String] == ["grace"])
        #expect(try app("GET", "/api/v1/recognition/faces").json["total_elements"] as? Int == 2)
    }

    @Test func everybodyIsRemoved() throws {
        for (number, name) in ["a", "b", "c"].enumerated() { try app.enroll(name, number) }
        #expect(try app("DELETE", "/api/v1/recognition/subjects").json["deleted"] as? Int == 3)
        #expect(try app.gallery.people().isEmpty)
    }

    @Test func facesAreListedByPages() throws {
        for number in 0..<5 { try app.enroll("p\(number)", number) }
        let page = try app("GET", "/api/v1/recognition/faces?page=1&size=2").json
        let faces = try #require(page["faces"] as? [[String: Any]])
        #expect(faces.map { $0["subject"] as? String } == ["p2", "p3"])
        #expect(page["total_pages"] as? Int == 3)
        #expect(page["total_elements"] as? Int == 5)
        #expect(page["page_number"] as? Int == 1)
        let ones = try app("GET", "/api/v1/recognition/faces?subject=p4").json
        #expect(ones["total_elements"] as? Int == 1)
    }

    @Test func aFaceHasAPictureUntilItIsRemoved() throws {
        let added = try app("POST", "/api/v1/recognition/faces?subject=ada", photo: try testPhoto(1))
        let id = try #require(added.json["image_id"] as? String)
        let picture = try app("GET", "/api/v1/recognition/faces/\(id)/img")
        #expect(picture.response.header("Content-Type") == "image/jpeg")
        #expect(picture.response.body.starts(with: [0xFF, 0xD8]))
        #expect(try app("GET", "/api/v1/static/\(app.key)/images/\(id)", key: "").status == 200)
        #expect(try app("GET", "/api/v1/static/wrong/images/\(id)", key: "").status == 401)

        let removed = try app("DELETE", "/api/v1/recognition/faces/\(id)")
        #expect(removed.json["subject"] as? String == "ada")
        #expect(try app("GET", "/api/v1/recognition/faces/\(id)/img").status == 404)
        #expect(try app("DELETE", "/api/v1/recognition/faces/\(id)").code == 11)
    }

    @Test func severalFacesAreRemovedAtOnce() throws {
        for number in 0..<3 { try app.enroll("ada", number) }
        let faces = try #require(try app("GET", "/api/v1/recognition/faces").json["faces"] as? [[String: String]])
        let ids = faces.prefix(2).compactMap { $0["image_id"] }
        #expect(try app("POST", "/api/v1/recognition/faces/delete", json: ids).status == 200)
        #expect(try app("DELETE", "/api/v1/recognition/faces?subject=ada").json["deleted"] as? Int == 1)
        // The person stays, without photos.
        #expect(try app("GET", "/api/v1/recognition/subjects").json["subjects"] as? [String] == ["ada"])
    }

    @Test func whereSeveralFacesAreRemovedIsNoFace() throws {
        let answer = try app("DELETE", "/api/v1/recognition/faces/delete")
        #expect(answer.status == 405)
        #expect(answer.response.header("Allow") == "POST")
    }

    @Test func aPhotoBelongsToOnePerson() throws {
        try app.enroll("ada", 1)
        let other = try app("POST", "/api/v1/recognition/faces?subject=grace", photo: try testPhoto(1))
        #expect(other.status == 400)
        #expect(other.message.contains("ada"))
        let same = try app("POST", "/api/v1/recognition/faces?subject=ada", photo: try testPhoto(1))
        #expect(same.status == 201)
        #expect(try app("GET", "/api/v1/recognition/faces").json["total_elements"] as? Int == 1)
    }

    @Test(arguments: [
        ("", 33), ("?subject=", 26), ("?subject=a%00b", 26), ("?subject=a%E2%80%AEb", 26),
        ("?subject=a&force=maybe", 26),
        ("?subject=a&det_prob_threshold=2", 26), ("?subject=%FF", 26),
    ])
    func aFaceNeedsAName(query: String, code: Int) throws {
        let target = "/api/v1/recognition/faces\(query)"
        let answer: FaceprintServer.Response
        do {
            answer = app.application.respond(
                to: try Request(
                    "POST", target, headers: ["x-api-key": app.key],
                    body: .form([FormPart(name: "file", bytes: try testPhoto(1))])))
        } catch let error as HTTPError {
            answer = error.response
        }
        #expect(answer.status == 400)
        #expect(Answer(answer).code == code)
    }
}
