import CSQLite
import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

@testable import FaceprintServer

/// The door's decisions, over a tiny model that takes whole photos.
@Suite struct DoorTests {
    /// An application whose door is opened by a command that notes who comes.
    private func door(
        _ command: [String]? = nil, busyTimeout: Duration = .seconds(10)
    ) throws -> (TestApplication, note: String) {
        let folder = try TemporaryFolder()
        var settings = ServerSettings()
        let note = folder.path("note")
        settings.doorHook = .command(command ?? ["/bin/sh", "-c", "printf '%s ' \"$FACEPRINT_PERSON\" >> \(note)"])
        let app = try TestApplication(settings, busyTimeout: busyTimeout, keeping: folder)
        try app.enroll("younes", 1)
        try app.enroll("kian", 2)
        return (app, note)
    }

    private func enter(_ app: TestApplication, _ photo: Int, claim: String? = nil) throws -> Answer {
        var parts = [FormPart(name: "file", bytes: try testPhoto(photo))]
        if let claim { parts.append(FormPart(name: "claim", bytes: Array(claim.utf8))) }
        return try app("POST", "/api/v1/door/enter", parts: parts)
    }

    private func opened(_ note: String) -> String { (try? String(contentsOfFile: note, encoding: .utf8)) ?? "" }

    @Test func whoIsKnownIsWelcomeAndTheDoorOpens() throws {
        let (app, note) = try door()
        let answer = try enter(app, 1)
        #expect(answer.json["state"] as? String == "admitted")
        #expect(answer.message == "Welcome in, younes")
        #expect(opened(note) == "younes ")
        let kinds = try app.gallery.events(EventFilter(limit: 2)).map(\.kind)
        #expect(kinds == [.doorOpened, .identified])
    }

    @Test func aStrangerIsSentAwayAndNobodyIsNamed() throws {
        let (app, note) = try door()
        let answer = try enter(app, 77)
        #expect(answer.json["state"] as? String == "refused")
        #expect(answer.message == "Please go away")
        #expect(answer.json["name"] == nil)
        #expect(!answer.text.contains("younes") && !answer.text.contains("kian"))
        #expect(opened(note) == "")
        #expect(try app.gallery.events(EventFilter(limit: 1)).first?.person == nil)
    }

    @Test func aCardIsForOnePerson() throws {
        let (app, note) = try door()
        try app.gallery.setBadge("0042", of: "kian")
        #expect(try enter(app, 2, claim: "0042").message == "Welcome in, kian")
        #expect(try enter(app, 2, claim: "KIAN").message == "Welcome in, kian")
        #expect(try enter(app, 1, claim: "0042").json["state"] as? String == "refused")
        #expect(opened(note) == "kian kian ")
    }

    @Test func whoIsEnrolledCannotBeAskedFor() throws {
        let (app, _) = try door()
        let known = try enter(app, 77, claim: "kian")
        let unknown = try enter(app, 77, claim: "nobody")
        #expect(known.text == unknown.text)
    }

    @Test func aClaimThatFailsAgainAndAgainHasToWait() throws {
        let (app, _) = try door()
        for claim in ["kian", "nobody"] {
            let statuses = try (0..<5).map { _ in try enter(app, 77, claim: claim).status }
            #expect(statuses == [200, 200, 200, 200, 429], "\(claim)")
            // Others don't have to.
            #expect(try enter(app, 1, claim: "younes").json["state"] as? String == "admitted")
        }
    }

    @Test func anotherSpellingOfAClaimHasToWaitToo() throws {
        let (app, _) = try door()
        let spellings = ["kian", "KIAN", " Kian ", "\u{FF4B}ian", "ki\u{AD}an", "kian"]
        let statuses = try spellings.map { try enter(app, 77, claim: $0).status }
        #expect(statuses.prefix(4) == [200, 200, 200, 200])
        #expect(statuses.last == 429)
    }

    @Test(arguments: [["/bin/false"], ["/bin/sleep", "60"], ["/nothing/here"]])
    func aDoorThatDoesNotOpenIsNotSaidToBeOpen(command: [String]) throws {
        var settings = ServerSettings()
        settings.doorHook = .command(command)
        settings.hookSeconds = 0.2
        let app = try TestApplication(settings)
        try app.enroll("younes", 1)
        let answer = try enter(app, 1)
        #expect(answer.json["state"] as? String == "failed")
        #expect(!answer.text.contains("younes"))
        let event = try #require(try app.gallery.events(EventFilter(limit: 1)).first)
        #expect(event.kind == .doorFailed && event.person == "younes")
        #expect(event.detail["reason"]?.contains(command[0]) == true)
    }

    @Test func whatCannotBeRecordedDoesNotOpenTheDoor() throws {
        let (app, note) = try door(busyTimeout: .milliseconds(1))
        var database: OpaquePointer?
        defer { sqlite3_close_v2(database) }
        try #require(sqlite3_open(app.gallery.location, &database) == SQLITE_OK)
        try #require(sqlite3_exec(database, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
        #expect(try enter(app, 1).json["state"] as? String == "failed")
        #expect(opened(note) == "")
        sqlite3_exec(database, "ROLLBACK", nil, nil, nil)
        #expect(try enter(app, 1).json["state"] as? String == "admitted")
        #expect(opened(note) == "younes ")
    }

    @Test func whoIsRemovedIsRefused() throws {
        let (app, _) = try door()
        #expect(try enter(app, 1).json["state"] as? String == "admitted")
        // By another process, as the command line does.
        try Gallery(at: app.gallery.location).remove("younes")
        #expect(try enter(app, 1).json["state"] as? String == "refused")
        #expect(try enter(app, 1, claim: "younes").json["state"] as? String == "refused")
    }

    @Test func withLivenessAPictureAloneOpensNothing() throws {
        var settings = ServerSettings()
        settings.liveness = .required
        let app = try TestApplication(settings)
        try app.enroll("younes", 1)
        #expect(try enter(app, 1).code == 37)
        let begun = try app("POST", "/api/v1/door/challenge", json: ["claim": "younes"])
        #expect(begun.status == 201)
        let id = try #require(begun.json["challenge"] as? String)
        // The tiny model finds no landmarks: nothing goes on.
        let frame = try app("POST", "/api/v1/door/challenge/\(id)", photo: try testPhoto(1))
        #expect(frame.json["state"] as? String == "continue")
        #expect(frame.json["step"] as? String == "look")
        #expect(frame.json["done"] as? Int == 0)
        #expect(try app("POST", "/api/v1/door/challenge/\(UUID())", photo: [1]).status == 404)
    }

    @Test func challengesThatAreAskedForAgainAndAgainHaveToWait() throws {
        var settings = ServerSettings()
        settings.liveness = .required
        let app = try TestApplication(settings)
        let statuses = try (0..<5).map { _ in
            try app("POST", "/api/v1/door/challenge", json: ["claim": "younes"]).status
        }
        #expect(statuses == [201, 201, 201, 201, 429])
    }

    @Test func aChallengeThatNobodyEndsIsTold() throws {
        let clock = Clock()
        let store = ChallengeStore(now: { clock.now })
        let settings = LivenessSettings(identityThreshold: 1)
        let (first, none) = try store.begin(settings: settings, claim: "younes")
        #expect(none.isEmpty)
        clock.now += .seconds(60)
        #expect(store.trial(first.id) == nil)
        let (second, abandoned) = try store.begin(settings: settings, claim: nil)
        #expect(abandoned.map(\.id) == [first.id])
        // One that is ended is not told, and is ended once.
        #expect(store.end(second))
        #expect(!store.end(second))
        clock.now += .seconds(60)
        #expect(try store.begin(settings: settings, claim: nil).abandoned.isEmpty)
    }
}
