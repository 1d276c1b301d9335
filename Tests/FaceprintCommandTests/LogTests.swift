import CSQLite
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// The log of events on the command line.
@Suite struct LogTests {
    private let setup: TinySetup
    private let gallery: Gallery

    /// Events on three days.
    init() throws {
        setup = try TinySetup()
        gallery = try Gallery(at: setup.tool.gallery)
        let days = ["2026-11-21T08:30:00Z", "2026-11-22T08:30:00Z", "2026-11-23T23:59:59Z"]
        try gallery.record(
            try days.enumerated().map { number, day in
                NewEvent(
                    number == 1 ? .refused : .doorOpened, by: .page("front"), person: number == 1 ? nil : "Younès",
                    detail: ["distance": "0.\(number)"], time: try Date(day, strategy: .iso8601))
            })
    }

    /// The sequences that are listed.
    private func listed(_ words: String...) throws -> [Int] {
        let run = try setup.tool(["log", "list", "--gallery", setup.tool.gallery] + words)
        #expect(run.status == 0, "\(run.errors)")
        return run.output.split(separator: "\n").dropFirst().compactMap { Int($0.prefix { $0 != " " }) }
    }

    @Test func isListedTheNewestFirst() throws {
        #expect(
            try setup("log", "list").output == """
                event  time                  kind              person  by          detail
                3      2026-11-23T23:59:59Z  door.opened       Younès  page front  distance=0.2
                2      2026-11-22T08:30:00Z  decision.refused  -       page front  distance=0.1
                1      2026-11-21T08:30:00Z  door.opened       Younès  page front  distance=0.0

                """)
        struct Record: Decodable {
            let sequence: Int
            let time: Date
            let kind, actor: String
            let person: String?
            let detail: [String: String]
            let hash: String
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let records = try decoder.decode([Record].self, from: Data(try setup("log", "list", "--json").output.utf8))
        let events = try gallery.events()
        #expect(records.map(\.sequence) == [3, 2, 1] && records.map(\.hash) == events.map(\.hash))
        #expect(records[1].person == nil && records[1].kind == "decision.refused")
        #expect(records[0].time == events[0].time && records[0].detail == ["distance": "0.2"])
    }

    @Test func isSearched() throws {
        #expect(try listed("--kind", "door.opened") == [3, 1])
        #expect(try listed("--kind", "door.opened,decision.refused", "--limit", "2") == [3, 2])
        #expect(try listed("--person", "YOUNÈS") == [3, 1])
        #expect(try listed("--since", "2026-11-22") == [3, 2])
        #expect(try listed("--until", "2026-11-22") == [2, 1])
        #expect(try listed("--since", "2026-11-23", "--until", "2026-11-23") == [3])
        #expect(try listed("--since", "2026-11-22T08:30:00Z", "--until", "2026-11-23T23:59:59Z") == [2])
        #expect(try listed("--since", "2026-11-22T09:30:00+01:00", "--until", "2026-11-22") == [2])
    }

    @Test(arguments: [
        (["--since", "yesterday"], "--since is “yesterday”"), (["--until", "2026-13-01"], "--until is “2026-13-01”"),
        (["--since", "2026-11-23 "], "--since is “2026-11-23 ”"), (["--kind", "door"], "--kind is “door”"),
        (["--limit", "0"], "--limit is “0”"),
    ])
    func asksForWhatThereCanBe(words: [String], message: String) throws {
        let run = try setup.tool(["log", "list", "--gallery", setup.tool.gallery] + words)
        #expect(run.status == 2)
        #expect(run.errors.contains(message))
    }

    @Test func isVerified() throws {
        let head = try gallery.verifyLog().head
        let intact = try setup("log", "verify")
        #expect(intact.status == 0)
        #expect(intact.output == "The log is intact: 3 events\nhead \(head)\n")
        try gallery.record([NewEvent(.refused, by: .commandLine)])
        #expect(try setup("log", "verify", "--head", head).status == 0)
        #expect(try setup("log", "verify", "--head", "xyz").status == 2)
        let foreign = try setup("log", "verify", "--head", String(repeating: "a", count: 64))
        #expect(foreign.status == 1 && foreign.output.contains("hash that was remembered"))

        #expect(execute(on: setup.tool.gallery, "UPDATE event SET person = 'Ada' WHERE sequence = 3"))
        let broken = try setup("log", "verify")
        #expect(broken.status == 1)
        #expect(broken.output.contains("broken at event 3"))
        struct Record: Decodable {
            let intact: Bool
            let sequence: Int
            let reason: String
        }
        let record = try JSONDecoder().decode(
            Record.self, from: Data(try setup("log", "verify", "--json").output.utf8))
        #expect(!record.intact && record.sequence == 3)
    }
}

func execute(on path: String, _ sql: String) -> Bool {
    var database: OpaquePointer?
    defer { sqlite3_close_v2(database) }
    return sqlite3_open(path, &database) == SQLITE_OK && sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK
}
