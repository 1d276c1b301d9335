import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Backups, and what is restored from them.
@Suite(.onEveryStore, .namingTheStore) struct CareBackupTests {
    private let folder = try! TemporaryFolder()
    private let place: TestPlace
    private let gallery: Gallery
    private let secret: String

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
        for number in 0..<40 {
            try gallery.enroll("Person \(number % 6)", template(number, thumbnail: smallJPEG, quality: 50))
        }
        try gallery.addPerson("Nobody Yet")
        try gallery.setBadge("17", of: "Person 1")
        try gallery.setGroups(["staff"], of: "Person 2")
        try gallery.setIdentificationThreshold(0.9)
        try gallery.setRetention(Retention(templates: 86_400, events: 864_000))
        try gallery.removeTemplate(id(3))
        secret = try gallery.createKey(named: "door", scopes: [.door]).secret
    }

    private func expectSame(_ other: Gallery) throws {
        #expect(try gallery.people() == other.people())
        for person in try gallery.people() {
            #expect(try gallery.templates(of: person.name) == other.templates(of: person.name))
        }
        #expect(try other.key(matching: secret)?.name == "door")
        #expect(try other.identificationThreshold() == 0.9)
        #expect(try other.retention() == gallery.retention())
        #expect(try other.inspect().defects.isEmpty)
    }

    @Test func aBackupIsAGallery() throws {
        let path = folder.path("backup.sqlite")
        try gallery.backUp(to: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.contains("partial") } == []
        )
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        let backup = try Gallery(at: path, access: .readOnly)
        try expectSame(backup)
        // Down to the log, whose last event is the backup.
        #expect(try backup.verifyLog() == gallery.verifyLog())
        #expect(try backup.events(EventFilter(limit: 1)).first?.kind == .galleryBackedUp)
        #expect(try execute("PRAGMA integrity_check", on: path) == "ok")
    }

    @Test func itOverwritesOnlyOnPurpose() throws {
        let path = folder.path("backup.sqlite")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: GalleryError.alreadyExists(path: path)) { try gallery.backUp(to: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        try gallery.backUp(to: path, overwriting: true)
        try expectSame(Gallery(at: path, access: .readOnly))
        // A gallery that is in use.
        let used = try Gallery(at: folder.path("used.gallery"))
        try used.addPerson("Ada")
        #expect(throws: GalleryError.self) { try gallery.backUp(to: used.location, overwriting: true) }
        #expect(try used.people().map(\.name) == ["Ada"])
    }

    @Test func isRestoredIntoANewGallery() throws {
        try gallery.backUp(to: folder.path("backup.sqlite"))
        let backup = try Gallery(at: folder.path("backup.sqlite"), access: .readOnly)
        let other = try TestPlace()
        let restored = try Gallery(at: other.location)
        try restored.restore(from: backup)
        try expectSame(restored)
        let head = try backup.verifyLog().head
        #expect(try restored.verifyLog(expectedHead: head).count == backup.verifyLog().count + 1)
        #expect(try restored.events(EventFilter(limit: 1)).first?.kind == .galleryRestored)
        // Once: then there is something that would be lost.
        #expect(throws: GalleryError.notEmpty(path: restored.location)) { try restored.restore(from: backup) }
    }

    /// Whoever has read a version of the gallery sees that it is another now.
    @Test func theVersionOfARestoredGalleryGoesOn() throws {
        try gallery.backUp(to: folder.path("backup.sqlite"))
        let other = try TestPlace()
        let target = try Gallery(at: other.location)
        try execute("UPDATE state SET people_version = 100000", on: other.location)
        try target.restore(from: Gallery(at: folder.path("backup.sqlite"), access: .readOnly))
        #expect(try target.peopleVersion() > 100_000)
    }

    @Test func aGalleryOfAnEarlierVersionIsBackedUpToo() throws {
        // As version 2 has it: without what step 3 brought.
        let old = folder.path("old.gallery")
        try gallery.backUp(to: old)
        try execute(
            """
            DROP TABLE removal; DROP TABLE membership; DROP TABLE sealing; DROP TABLE trace;
            DROP INDEX person_of_uuid; DROP INDEX person_of_change; DROP INDEX template_of_change;
            DROP INDEX template_of_expiry;
            ALTER TABLE person DROP COLUMN uuid; ALTER TABLE person DROP COLUMN changed;
            ALTER TABLE person DROP COLUMN seal;
            ALTER TABLE template DROP COLUMN changed; ALTER TABLE template DROP COLUMN expires;
            ALTER TABLE state DROP COLUMN gallery; ALTER TABLE state DROP COLUMN changes_start;
            ALTER TABLE state DROP COLUMN template_retention; ALTER TABLE state DROP COLUMN event_retention;
            ALTER TABLE state DROP COLUMN log_sequence; ALTER TABLE state DROP COLUMN log_hash;
            PRAGMA user_version = 2
            """, on: old)
        let path = folder.path("backup.sqlite")
        try Gallery(at: old, access: .readOnly).backUp(to: path)
        #expect(try execute("PRAGMA user_version", on: old) == "2")
        let backup = try Gallery(at: path, access: .readOnly)
        #expect(try backup.inspect().defects.isEmpty)
        #expect(try backup.people().map(\.name) == gallery.people().map(\.name))
        let other = try TestPlace()
        let restored = try Gallery(at: other.location)
        try restored.restore(from: Gallery(at: old, access: .readOnly))
        #expect(try restored.inspect().defects.isEmpty)
    }

    /// Each backup is one moment's: the log and the templates agree.
    @Test func aBackupDuringWrites() throws {
        let writer = Thread {
            let other = try! Gallery(at: place.location)
            for number in 1000..<1400 { _ = try! other.enroll("Person \(number % 7)", template(number)) }
        }
        writer.start()
        var sizes: [Int] = []
        var round = 0
        repeat {
            let path = folder.path("backup \(round).sqlite")
            try gallery.backUp(to: path)
            let backup = try Gallery(at: path, access: .readOnly)
            let found = try backup.inspect()
            #expect(found.defects.isEmpty)
            let added = try backup.events(EventFilter(kinds: [.templateAdded], limit: .max)).count
            let removed = try backup.events(EventFilter(kinds: [.templateRemoved], limit: .max)).count
            #expect(found.templates == added - removed)
            sizes.append(found.templates)
            round += 1
        } while !writer.isFinished
        #expect(sizes == sizes.sorted())
        #expect(try gallery.statistics().templates == 439)
    }

    /// Without the key: it is not needed to copy what is sealed.
    @Test func aSealedGalleryIsBackedUpAndRestoredSealed() throws {
        let key = try SealKey(
            passphrase: SecretBytes(capacity: 3) { (buffer) throws(GalleryError) in
                buffer.copyBytes(from: "key".utf8)
                return 3
            })
        try gallery.seal(with: key)
        let path = folder.path("backup.sqlite")
        try Gallery(at: place.location, access: .readOnly).backUp(to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(smallJPEG.prefix(100))) == nil)
        try expectSame(Gallery(at: path, access: .readOnly, sealKey: key))
        let other = try TestPlace()
        try Gallery(at: other.location).restore(from: Gallery(at: path, access: .readOnly))
        try expectSame(Gallery(at: other.location, sealKey: key))
    }
}
