import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Files that were altered by accident or on purpose.
@Suite struct DamageTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("people.gallery") }

    init() throws {
        folder = try TemporaryFolder()
        let gallery = try Gallery(at: folder.path("people.gallery"))
        for number in 0..<60 {
            try gallery.enroll("Person \(number % 6)", template(number, thumbnail: smallJPEG, quality: 50))
        }
        _ = try gallery.createKey(named: "door", scopes: [.door])
    }

    private func isDamage(_ error: any Error) -> Bool {
        switch error {
        case GalleryError.damaged, GalleryError.damagedPerson, GalleryError.damagedTemplate: true
        case GalleryError.damagedEvent, GalleryError.logBroken: true
        case GalleryError.notAGallery, GalleryError.otherApplication, GalleryError.newerVersion: true
        default: false
        }
    }

    /// Reads all that can be read.
    private func readAll() throws(GalleryError) {
        let gallery = try Gallery(at: path, access: .readOnly)
        for person in try gallery.people() { _ = try gallery.templates(of: person.name) }
        do { _ = try gallery.searchable() } catch let error as GalleryError { throw error } catch {}
        for entry in try gallery.templateList().entries { _ = try gallery.thumbnail(entry.id) }
        _ = try gallery.keys()
        _ = try gallery.peopleVersion()
        _ = try gallery.identificationThreshold()
        _ = try gallery.events(EventFilter(limit: 1000))
        _ = try gallery.verifyLog()
    }

    @Test(arguments: [
        ("zeroblob(0)", "0 bytes"), ("zeroblob(511)", "511 bytes"), ("zeroblob(1024)", "1024 bytes"),
        ("zeroblob(512)", "unit length"), ("randomblob(100000)", "100000 bytes"),
        ("CAST(x'0000C07F' || zeroblob(508) AS BLOB)", "not finite"),
        ("CAST(x'0000807F' || zeroblob(508) AS BLOB)", "not finite"),
        ("CAST(x'FFFF7F7F' || zeroblob(508) AS BLOB)", "not finite"),
        ("CAST(x'CDCC8C3F' || zeroblob(508) AS BLOB)", "unit length"),
    ])
    func anEmbeddingThatIsNone(_ value: String, _ reason: String) throws {
        try execute("UPDATE template SET embedding = \(value) WHERE id = 8", on: path)
        let gallery = try Gallery(at: path, access: .readOnly)
        let names = { (error: any Error) in
            guard case GalleryError.damagedTemplate(8, "Person 1", let text) = error else { return false }
            return text.contains(reason)
        }
        #expect(performing: { try gallery.templates(of: "Person 1") }, throws: names)
        // The search goes on without it.
        #expect(try GalleryIndex(gallery).damage().map(names) == [true])
        #expect(try gallery.templates(of: "Person 2").count == 10)
        // What its message advises works.
        try Gallery(at: path).remove("Person 1")
        #expect(try gallery.searchable() == 50)
    }

    @Test(arguments: ["x' || char(27) || '[2J", "", "x' || char(8238) || 'y"])
    func aNameThatCantBeShown(_ name: String) throws {
        try execute("UPDATE person SET name = '\(name)' WHERE id = 3", on: path)
        let gallery = try Gallery(at: path, access: .readOnly)
        for attempt in [{ try gallery.people() }, { try gallery.searchable() }] as [() throws -> Any] {
            #expect {
                _ = try attempt()
            } throws: {
                guard case GalleryError.damagedPerson(3, _) = $0 else { return false }
                return !"\($0)".contains("\u{1B}")
            }
        }
    }

    @Test(arguments: [
        "DELETE FROM space", "DELETE FROM person WHERE id = 3", "UPDATE person SET name = hex(zeroblob(2000000))",
        "UPDATE space SET dimension = 9223372036854775807", "UPDATE space SET model = char(7)", "DROP TABLE template",
        "ALTER TABLE person RENAME TO people; CREATE VIEW person AS SELECT * FROM people",
        "ALTER TABLE template DROP COLUMN created", "DELETE FROM state", "DROP TABLE event", "DROP TABLE thumbnail",
        "UPDATE template SET uuid = NULL WHERE id = 7",
        "UPDATE thumbnail SET jpeg = zeroblob(2000000) WHERE template = 3",
        "PRAGMA ignore_check_constraints = ON; UPDATE template SET quality = 101 WHERE id = 7",
        "UPDATE event SET hash = zeroblob(32) WHERE sequence = 20",
    ])
    func aTamperedDatabase(_ sql: String) throws {
        try execute("PRAGMA foreign_keys = OFF; \(sql)", on: path)
        #expect(throws: GalleryError.self, performing: readAll)
        do { try readAll() } catch { #expect(isDamage(error), "\(error)") }
    }

    /// None of them ends the process.
    @Test(arguments: [
        "UPDATE state SET people_version = 9223372036854775807",
        "UPDATE state SET people_version = -9223372036854775807",
        "UPDATE state SET people_version = people_version + 1, changes_start = 9223372036854775807",
        "UPDATE template SET id = 9223372036854775807 WHERE id = 7",
        "UPDATE template SET id = -7 WHERE id = 7",
        "UPDATE person SET id = 9223372036854775807 WHERE id = 3",
        "UPDATE event SET sequence = 9223372036854775807 WHERE sequence = 66",
        "UPDATE state SET log_sequence = 9223372036854775807, log_hash = zeroblob(32)",
        "INSERT INTO trace (id) VALUES (9223372036854775807)", "INSERT INTO trace (id) VALUES (-1)",
    ])
    func numbersAtTheirEnds(_ sql: String) throws {
        let gallery = try Gallery(at: path)
        let index = GalleryIndex(gallery)
        #expect(try index.count() == 60)
        try execute("PRAGMA foreign_keys = OFF; \(sql)", on: path)
        let attempts: [() throws -> Void] = [
            { _ = try index.count() }, { try gallery.enroll("Somebody", template(99)) }, { _ = try index.count() },
            { try gallery.remove("Person 5") }, { _ = try gallery.searchable() }, { _ = try gallery.verifyLog() },
            { _ = try gallery.inspect() }, { _ = try gallery.expire() }, { _ = try gallery.eraseTraces() },
        ]
        for attempt in attempts {
            do { try attempt() } catch { #expect(error is GalleryError, "\(error)") }
        }
    }

    /// A page of rows that stand in no order would be read again and again.
    @Test(arguments: [
        "DROP TABLE removal; CREATE TABLE removal (version TEXT, template INTEGER)",
        "DROP TABLE removal; CREATE TABLE removal (version TEXT, template INTEGER) STRICT",
        "CREATE TABLE other (id)",
    ])
    func tablesOfAnotherKind(_ sql: String) throws {
        try execute(sql, on: path)
        for access in [Gallery.Access.readOnly, .readWrite] {
            #expect(throws: GalleryError.damaged(path: path, reason: "its tables aren't those of a gallery")) {
                try Gallery(at: path, access: access)
            }
        }
    }

    @Test func templatesOfNobodyDoNotKeepRetentionGoing() throws {
        try execute(
            """
            PRAGMA foreign_keys = OFF; DELETE FROM person WHERE id = 3;
            UPDATE template SET expires = 1 WHERE person IN (3, 4)
            """, on: path)
        let done = try Gallery(at: path).expire()
        #expect(done.templates == 10 && done.people == 1)
    }

    @Test func aGroupThatCantBeShownConcernsOnePerson() throws {
        try Gallery(at: path).setGroups(["staff"], of: "Person 2")
        try execute("UPDATE membership SET name = 'a' || char(1)", on: path)
        let gallery = try Gallery(at: path)
        let index = GalleryIndex(gallery)
        #expect(try index.count() == 50)
        #expect(try index.damage().count == 1)
        #expect(try gallery.inspect().defects.count == 1)
    }

    @Test func aTriggerIsNotRun() throws {
        try execute(
            "CREATE TRIGGER t AFTER INSERT ON template BEGIN DELETE FROM person; END", on: path)
        let gallery = try Gallery(at: path)
        try gallery.enroll("Person 1", template(99))
        #expect(try gallery.people().count == 6)
    }

    @Test(arguments: [20, 100, 600, 4096, 9000])
    func aTruncatedFile(_ size: Int) throws {
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: UInt64(size))
        #expect(throws: GalleryError.self, performing: readAll)
        do { try readAll() } catch { #expect(isDamage(error), "\(error)") }
    }

    @Test func anyByteMayBeWrong() throws {
        let intact = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var broken = intact
            for _ in 0..<20 {
                // Half of them in the header and the schema, where they do most harm.
                let end = Bool.random(using: &random) ? 4096 : broken.count
                broken[Int.random(in: 0..<end, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try broken.write(to: URL(fileURLWithPath: path))
            // Whatever it is, it is a result or an error, and no crash.
            try? readAll()
            _ = try? Gallery(at: path).remove("Person 1")
            for name in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + name) }
        }
    }
}
