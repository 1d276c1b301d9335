import FaceprintGallery
import FaceprintModels
import Foundation
import Testing

@testable import FaceprintServer

/// What the admin page asks for.
@Suite struct AdminTests {
    private let app = try! TestApplication()

    private func people(_ query: String = "") throws -> [[String: Any]] {
        try #require(try app("GET", "/api/v1/admin/people\(query)").json["people"] as? [[String: Any]])
    }

    @Test func peopleAreFoundByAPartOfTheirNameOrTheirBadge() throws {
        for (number, name) in ["Younès", "Kian", "Bertrand"].enumerated() {
            try app.gallery.addPerson(name)
            try app.gallery.setBadge("10\(number)", of: name)
        }
        func names(_ query: String) throws -> [String] { try people(query).compactMap { $0["name"] as? String } }
        #expect(try names("") == ["Bertrand", "Kian", "Younès"])
        #expect(try names("?search=youne") == ["Younès"])
        #expect(try names("?search=101") == ["Kian"])
        #expect(try names("?search=nobody") == [])
        #expect(try names("?offset=1&limit=1") == ["Kian"])
        #expect(try app("GET", "/api/v1/admin/people?limit=1").json["total"] as? Int == 3)
    }

    @Test func aPersonHasFacesWithTheirQuality() throws {
        try app.enroll("ada", 1)
        let ada = try #require(try people().first)
        #expect((ada["faces"] as? [[String: Any]])?.count == 1)
        #expect(ada["badge"] is NSNull)
    }

    @Test func nameAndBadgeAreChanged() throws {
        try app.gallery.addPerson("ada")
        try app.gallery.addPerson("grace")
        let changed = try app("PUT", "/api/v1/admin/people/ada", json: ["name": "Ada L.", "badge": "7"])
        #expect(changed.json["name"] as? String == "Ada L.")
        #expect(changed.json["badge"] as? String == "7")
        #expect(try app("PUT", "/api/v1/admin/people/grace", json: ["badge": "7"]).status == 409)
        // Here nobody is merged by mistake.
        #expect(try app("PUT", "/api/v1/admin/people/grace", json: ["name": "ada l."]).status == 409)
        #expect(try app("PUT", "/api/v1/admin/people/ada%20l.", json: ["badge": NSNull()]).json["badge"] is NSNull)
        #expect(try app("PUT", "/api/v1/admin/people/nobody", json: ["name": "x"]).status == 404)
    }

    @Test func eventsAreFilteredAndPaged() throws {
        try app.gallery.addPerson("ada")
        for number in 0..<5 { try app.gallery.addPerson("p\(number)") }
        func sequences(_ query: String) throws -> [Int] {
            let answer = try app("GET", "/api/v1/admin/events?\(query)")
            return try #require(answer.json["events"] as? [[String: Any]]).compactMap { $0["sequence"] as? Int }
        }
        let all = try sequences("kind=person.added")
        #expect(all.count == 6 && all == all.sorted(by: >))
        #expect(try sequences("kind=person.added&limit=2") == Array(all.prefix(2)))
        #expect(try sequences("kind=person.added&before=\(all[1])") == Array(all.dropFirst(2)))
        #expect(try sequences("person=ADA").count == 1)
        #expect(try sequences("until=2020-01-01").isEmpty)
        #expect(try sequences("from=2020-01-01T00:00:00Z&kind=person.added").count == 6)
        #expect(try app("GET", "/api/v1/admin/events?from=yesterday").code == 26)
        #expect(try app("GET", "/api/v1/admin/events?kind=nothing").code == 26)
        let last = try app("GET", "/api/v1/admin/events?kind=person.added&limit=100").json
        #expect(last["next"] is NSNull)
    }

    @Test func theLogIsExportedAndThatIsRecorded() throws {
        try app.gallery.addPerson("=cmd|'/c calc'!A1, \"quoted\"")
        let csv = try app("GET", "/api/v1/admin/events/export?format=csv&kind=person.added")
        let lines = csv.text.split(separator: "\r\n")
        #expect(lines.count == 2)
        // A spreadsheet shows it and runs nothing.
        #expect(lines[1].contains(#"'=cmd|'/c calc'!A1, ""quoted"""#))
        #expect(csv.response.header("Content-Disposition")?.contains("attachment") == true)
        #expect(try app.gallery.events(EventFilter(limit: 1)).first?.kind == .logExported)
        let json = try app("GET", "/api/v1/admin/events/export?format=json")
        let events = try #require(try JSONSerialization.jsonObject(with: Data(json.response.body)) as? [Any])
        #expect(events.count == 3)
    }

    @Test func theLogIsVerified() throws {
        try app.gallery.addPerson("ada")
        let verdict = try app("GET", "/api/v1/admin/log/verify").json
        #expect(verdict["intact"] as? Bool == true)
        #expect(verdict["events"] as? Int == 2)
        #expect(verdict["head"] as? String == (try app.gallery.verifyLog().head))
    }

    @Test func keysAreMadeShownOnceAndRevoked() throws {
        let made = try app("POST", "/api/v1/admin/keys", json: ["name": "front desk", "scopes": ["door"]])
        #expect(made.status == 201)
        let key = try #require(made.json["key"] as? String)
        #expect(try app("GET", "/api/v1/door", key: key).status == 200)
        #expect(!(try app("GET", "/api/v1/admin/keys").text.contains(key)))
        #expect(try app("DELETE", "/api/v1/admin/keys/front%20desk").status == 204)
        #expect(try app("GET", "/api/v1/door", key: key).status == 401)
        #expect(try app("DELETE", "/api/v1/admin/keys/front%20desk").status == 404)
        for scopes in [[], ["everything"]] {
            #expect(try app("POST", "/api/v1/admin/keys", json: ["name": "x", "scopes": scopes]).status == 400)
        }
    }

    @Test func theThresholdIsSetAndSaysWhatItMeans() throws {
        for number in 0..<3 { try app.enroll("p\(number)", number) }
        let before = try app("GET", "/api/v1/admin/threshold").json
        #expect(before["threshold"] as? Double == 0.01)
        let fmr = try #require(before["fmr"] as? Double)
        #expect(abs(fmr - 1e-5) < 1e-8)
        #expect(abs((before["fpir"] as? Double ?? 0) - 3e-5) < 1e-7)
        #expect((before["points"] as? [Any])?.count == 51)

        let after = try app("PUT", "/api/v1/admin/threshold", json: ["threshold": 0.005]).json
        #expect(after["threshold"] as? Double == 0.005)
        let recognized = try app("POST", "/api/v1/recognition/recognize", photo: try testPhoto(1)).text
        #expect(recognized.contains("\"threshold\":0.005"))
        #expect(try app("PUT", "/api/v1/admin/threshold", json: ["threshold": 3]).status == 400)
        let reset = try app("PUT", "/api/v1/admin/threshold", json: ["threshold": NSNull()]).json
        #expect(reset["threshold"] as? Double == 0.01)
    }
}
