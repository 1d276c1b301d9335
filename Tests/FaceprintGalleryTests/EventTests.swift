import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What is recorded, and how it is found again.
@Suite(.onEveryStore, .namingTheStore) struct EventTests {
    private let place: TestPlace
    private let gallery: Gallery
    private var path: String { place.location }

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    /// The newest last, such as “person.added Ada by command line”.
    private func lines(_ filter: EventFilter = EventFilter()) throws -> [String] {
        try gallery.events(filter).reversed().map { event in
            let detail = event.detail.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            return "\(event.kind.rawValue) \(event.person ?? "-") by \(event.actor)\(detail)"
        }
    }

    @Test func everyChangeIsRecordedWithWhoMadeIt() throws {
        let ids = (1...3).map { id($0).uuidString.lowercased() }
        try gallery.enroll("Ada", template(1, quality: 62.5))
        try gallery.enroll("ada", template(2), by: .key("front-desk"))
        try gallery.addPerson("Grace", by: .page("office"))
        try gallery.setBadge("17", of: "Grace", by: .page("office"))
        try gallery.setBadge("18", of: "Grace", by: .page("office"))
        try gallery.setBadge(nil, of: "Grace", by: .page("office"))
        try gallery.rename("Grace", to: "Hopper")
        try gallery.rename("Hopper", to: "Ada", merging: true)
        try gallery.removeTemplate(id(1))
        try gallery.removeTemplates(of: "Ada")
        try gallery.enroll("Ada", template(3))
        try gallery.remove("Ada", by: .key("front-desk"))
        try gallery.addPerson("Zoë")
        try gallery.removeAll()
        try gallery.setIdentificationThreshold(0.5)
        try gallery.setIdentificationThreshold(nil)
        #expect(
            try lines() == [
                "person.added Ada by command line", "template.added Ada by command line id=\(ids[0]) quality=62",
                "template.added Ada by key front-desk id=\(ids[1])", "person.added Grace by page office",
                "badge.changed Grace by page office to=17", "badge.changed Grace by page office from=17 to=18",
                "badge.changed Grace by page office from=18", "person.renamed Grace by command line to=Hopper",
                "person.renamed Hopper by command line merged=yes to=Ada",
                "template.removed Ada by command line id=\(ids[0])",
                "template.removed Ada by command line id=\(ids[1])",
                "template.added Ada by command line id=\(ids[2])",
                "person.removed Ada by key front-desk templates=1", "person.added Zoë by command line",
                "person.removed Zoë by command line templates=0", "threshold.changed - by command line to=0.5",
                "threshold.changed - by command line from=0.5",
            ])
        #expect(try gallery.verifyLog().count == 17)
    }

    @Test func whatChangesNothingIsNotRecorded() throws {
        try gallery.enroll("Ada", template(1))
        try gallery.setBadge("17", of: "Ada")
        let before = try gallery.events()
        try gallery.enroll("Ada", template(1))
        try gallery.setBadge("17", of: "Ada")
        try gallery.rename("Ada", to: "Ada")
        try gallery.setIdentificationThreshold(nil)
        #expect(throws: GalleryError.self) { try gallery.remove("Zoë") }
        #expect(throws: GalleryError.self) { try gallery.enroll("Grace", template(1)) }
        #expect(throws: GalleryError.self) { try gallery.enroll("Grace", template(2, space: sface)) }
        #expect(try gallery.events() == before)
    }

    @Test func decisionsAreRecordedTogether() throws {
        let time = Date(timeIntervalSince1970: 1_700_000_000.125)
        let recorded = try gallery.record([
            NewEvent(.identified, by: .page("door"), person: "Ada", detail: ["distance": "0.5"], time: time),
            NewEvent(.doorOpened, by: .page("door"), person: "Ada", time: time),
            NewEvent(.refused, by: .page("door"), time: time),
        ])
        #expect(recorded.map(\.sequence) == [1, 2, 3])
        #expect(recorded[0].time == time && recorded[0].detail == ["distance": "0.5"] && recorded[2].person == nil)
        #expect(try gallery.events() == recorded.reversed())
        #expect(try gallery.record([]) == [])
        #expect(try gallery.verifyLog().head == recorded[2].hash)
        let reader = try Gallery(at: path, access: .readOnly)
        #expect(try reader.events() == recorded.reversed())
        #expect(throws: GalleryError.notWritable(path: gallery.location)) {
            try reader.record([NewEvent(.refused, by: .commandLine)])
        }
    }

    @Test func anythingCanBeRecordedAndIsSafeToPrint() throws {
        let texts = ["\u{1B}[2J\n\u{202E}", "", String(repeating: "李", count: 100_000), "\"{\\", "a\0b", "e\u{301}"]
        for text in texts {
            try gallery.record([NewEvent(.refused, by: Actor(text), person: text, detail: [text: text])])
        }
        let events = try gallery.events()
        #expect(events.last?.person == "<U+001B>[2J<U+000A><U+202E>")
        for text in events.flatMap({ [$0.actor, $0.person ?? ""] + $0.detail.map(\.key) + $0.detail.map(\.value) }) {
            #expect(text.unicodeScalars.count <= NewEvent.textLimit)
            #expect(!text.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" })
        }
        #expect(try gallery.verifyLog().count == texts.count)
        try execute(
            "UPDATE event SET actor = 'x' || char(27), person = char(8238), detail = '{\"a\":\"\\u001b\"}'", on: path)
        let tampered = try gallery.events(EventFilter(limit: 1))[0]
        #expect(tampered.actor == "x<U+001B>" && tampered.person == "<U+202E>")
        #expect(tampered.detail == ["a": "<U+001B>"])
        for (column, value) in [("kind", "x' || char(27) || '"), ("detail", "{"), ("detail", "[1]")] {
            try execute("UPDATE event SET \(column) = '\(value)' WHERE sequence = 3", on: path)
            #expect {
                try gallery.events()
            } throws: {
                guard case GalleryError.damagedEvent(3, _) = $0 else { return false }
                return !"\($0)".contains("\u{1B}")
            }
            try execute("UPDATE event SET kind = 'door.opened' WHERE sequence = 3", on: path)
        }
    }

    @Test func areFoundByKindPersonTimeAndPlace() throws {
        let events = (1...20).map { number -> NewEvent in
            let kind: Event.Kind = number % 4 == 0 ? .doorOpened : number % 2 == 0 ? .identified : .refused
            let time = Date(timeIntervalSince1970: Double(number))
            return NewEvent(kind, by: .commandLine, person: number % 5 == 0 ? "Younès" : nil, time: time)
        }
        try gallery.record(events)
        func found(_ filter: EventFilter) throws -> [Int] { try gallery.events(filter).map(\.sequence) }
        #expect(try found(EventFilter()) == Array((1...20).reversed()))
        #expect(try found(EventFilter(limit: 3)) == [20, 19, 18])
        #expect(try found(EventFilter(before: 18, limit: 3)) == [17, 16, 15])
        #expect(try found(EventFilter(before: 1)) == [])
        #expect(try found(EventFilter(limit: 0)) == [])
        #expect(try found(EventFilter(kinds: [.doorOpened])) == [20, 16, 12, 8, 4])
        #expect(try found(EventFilter(kinds: [.doorOpened, .identified], limit: 2)) == [20, 18])
        #expect(try found(EventFilter(kinds: [])) == [])
        #expect(try found(EventFilter(person: "YOUNE\u{300}S")) == [20, 15, 10, 5])
        #expect(try found(EventFilter(kinds: [.refused], person: "younès", before: 15)) == [5])
        #expect(try found(EventFilter(person: "Ada")) == [])
        let (from, until) = (Date(timeIntervalSince1970: 7), Date(timeIntervalSince1970: 10))
        #expect(try found(EventFilter(from: from, until: until)) == [9, 8, 7])
        #expect(try found(EventFilter(from: .distantPast, until: .distantFuture)).count == 20)
    }
}

/// The chain of hashes.
@Suite(.onEveryStore, .namingTheStore) struct LogVerificationTests {
    private let place: TestPlace
    private let gallery: Gallery
    private let heads: [String]
    private var path: String { place.location }

    init() throws {
        place = try TestPlace()
        let gallery = try Gallery(at: place.location)
        self.gallery = gallery
        heads = try (1...9).map { number in
            try gallery.record([
                NewEvent(
                    .identified, by: .page("door"), person: number == 4 ? nil : "Ada", detail: ["n": "\(number)"],
                    time: Date(timeIntervalSince1970: Double(number)))
            ])[0].hash
        }
    }

    private func breakAt(_ gallery: Gallery, head: String? = nil) -> Int? {
        do {
            _ = try gallery.verifyLog(expectedHead: head)
            return nil
        } catch .logBroken(let sequence, _) {
            return sequence
        } catch {
            return -1
        }
    }

    @Test func holdsForWhatWasRecorded() throws {
        let verification = try gallery.verifyLog()
        #expect(verification.count == 9 && verification.head == heads[8])
        for head in heads + [heads[3].uppercased()] {
            #expect(try gallery.verifyLog(expectedHead: head).count == 9)
        }
        let other = try TestPlace()
        let empty = try Gallery(at: other.location).verifyLog()
        #expect(empty.count == 0 && empty.head == String(repeating: "0", count: 64))
        #expect(try gallery.verifyLog(expectedHead: empty.head).count == 9)
        #expect(throws: GalleryError.self) { try gallery.verifyLog(expectedHead: "0") }
    }

    /// The definition, written out with another implementation of SHA-256.
    @Test func isTheChainThatIsDefined() throws {
        func number(_ value: UInt64) -> String { String(format: "%016lx", value) }
        func text(_ text: String) -> String {
            number(UInt64(text.utf8.count)) + text.utf8.map { String(format: "%02x", $0) }.joined()
        }
        let start = String(repeating: "0", count: 64)
        let fields =
            number(1) + number(1000) + text("decision.identified") + text("page door") + text("Ada") + text("ada")
            + text(#"{"n":"1"}"#)
        #expect(try sha256(ofHexadecimal: start + fields) == heads[0])
        let fourth =
            number(4) + number(4000) + text("decision.identified") + text("page door")
            + String(repeating: "f", count: 32) + text(#"{"n":"4"}"#)
        #expect(try sha256(ofHexadecimal: heads[2] + fourth) == heads[3])
    }

    @Test(arguments: [
        ("UPDATE event SET time = time + 1 WHERE sequence = 5", 5),
        ("UPDATE event SET kind = 'door.opened' WHERE sequence = 5", 5),
        ("UPDATE event SET actor = 'command line' WHERE sequence = 1", 1),
        ("UPDATE event SET person = 'Grace' WHERE sequence = 9", 9),
        ("UPDATE event SET person = NULL WHERE sequence = 5", 5),
        ("UPDATE event SET person = '' WHERE sequence = 4", 4),
        ("UPDATE event SET person_key = 'grace' WHERE sequence = 5", 5),
        ("UPDATE event SET person = person || 'page', actor = substr(actor, 5) WHERE sequence = 5", 5),
        ("UPDATE event SET detail = '{}' WHERE sequence = 5", 5),
        ("UPDATE event SET hash = zeroblob(32) WHERE sequence = 5", 5),
        ("DELETE FROM event WHERE sequence = 5", 5),
        ("DELETE FROM event WHERE sequence = 1", 1),
        ("DELETE FROM event WHERE sequence = 5; UPDATE event SET sequence = sequence - 1 WHERE sequence > 5", 5),
        (
            "UPDATE event SET sequence = 99 WHERE sequence = 5; UPDATE event SET sequence = 5 WHERE sequence = 6; "
                + "UPDATE event SET sequence = 6 WHERE sequence = 99", 5
        ),
        (
            "INSERT INTO event SELECT 10, time, kind, actor, person, person_key, detail, hash FROM event WHERE sequence = 9",
            10
        ),
        (
            "INSERT INTO event SELECT 0, time, kind, actor, person, person_key, detail, hash FROM event WHERE sequence = 9",
            1
        ),
    ])
    func breaksAtTheFirstEventThatIsWrong(_ sql: String, _ sequence: Int) throws {
        try execute(sql, on: path)
        #expect(breakAt(gallery) == sequence)
        #expect(breakAt(gallery, head: heads[8]) == sequence)
    }

    @Test func aCutTailIsSeenByWhoRememberedTheHead() throws {
        try execute("DELETE FROM event WHERE sequence > 6", on: path)
        #expect(try gallery.verifyLog().count == 6)
        #expect(try gallery.verifyLog(expectedHead: heads[5]).count == 6)
        #expect(breakAt(gallery, head: heads[8]) == 7)
        // It stays seen when others are recorded in its place.
        try gallery.record((0..<5).map { _ in NewEvent(.refused, by: .commandLine) })
        #expect(breakAt(gallery, head: heads[8]) == 12)
    }

    @Test func manyProcessesMakeOneChain() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let gallery = try Gallery(at: path, busyTimeout: .seconds(60))
                    for _ in 0..<20 { try gallery.record([NewEvent(.refused, by: Actor("\(writer)"))]) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try gallery.verifyLog(expectedHead: heads[8]).count == 89)
    }
}

@Suite(.onEveryStore, .namingTheStore) struct ThresholdTests {
    @Test func isKeptWithTheGallery() throws {
        let place = try TestPlace()
        let gallery = try Gallery(at: place.location)
        #expect(try gallery.identificationThreshold() == nil)
        try gallery.setIdentificationThreshold(0.98)
        #expect(try Gallery(at: place.location, access: .readOnly).identificationThreshold() == 0.98)
        for bad in [-0.1, 2.1, .infinity] as [Float] {
            #expect(throws: GalleryError.invalidThreshold(bad)) { try gallery.setIdentificationThreshold(bad) }
        }
        #expect(throws: GalleryError.self) { try gallery.setIdentificationThreshold(.nan) }
        #expect(try gallery.identificationThreshold() == 0.98)
        try gallery.setIdentificationThreshold(nil)
        #expect(try gallery.identificationThreshold() == nil)
        try execute("UPDATE state SET identification_threshold = 1e30", on: place.location)
        #expect(throws: GalleryError.damaged(path: gallery.location, reason: "its threshold is 1e+30")) {
            try gallery.identificationThreshold()
        }
    }
}
