import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Galleries that version 0.1 made.
@Suite struct EarlierVersionTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("people.gallery") }

    /// Ada has templates 1 and 2, Grace 3.
    init() throws {
        folder = try TemporaryFolder()
        try execute(versionOne, on: folder.path("people.gallery"))
        for (number, person) in [(1, 1), (2, 1), (3, 2)] {
            let template = try template(number)
            let embedding = bytes(of: template).map { String(format: "%02x", $0) }.joined()
            try execute(
                """
                INSERT INTO template (person, space, embedding, photo_sha256, created)
                VALUES (\(person), 1, x'\(embedding)', x'\(template.photoSHA256)', \(1000 * number))
                """,
                on: path)
        }
    }

    private func expectWhatWasStored(_ gallery: Gallery) throws {
        #expect(
            try gallery.people() == [
                Person(name: "Ada", templateCount: 2, created: Date(timeIntervalSince1970: 1)),
                Person(name: "Grace", templateCount: 1, created: Date(timeIntervalSince1970: 3)),
            ])
        let templates = try gallery.templates(of: "Ada")
        #expect(try templates.map(\.embedding) == [template(1).embedding, template(2).embedding])
        #expect(try templates.map(\.photoSHA256) == [template(1).photoSHA256, template(2).photoSHA256])
        #expect(templates.allSatisfy { $0.thumbnail.isEmpty && $0.quality == nil })
        #expect(try gallery.searchable() == 3)
        #expect(try gallery.space() == facenet)
        #expect(try gallery.person(withBadge: "1") == nil)
        #expect(try gallery.person(claimed: "ada")?.name == "Ada")
        for template in templates { #expect(try gallery.template(template.id).template == template) }
        #expect(try gallery.thumbnail(templates[0].id).isEmpty)
        #expect(try gallery.events().isEmpty)
        #expect(try gallery.verifyLog().count == 0)
        #expect(try gallery.identificationThreshold() == nil)
        #expect(try gallery.keys().isEmpty)
        #expect(try gallery.keysVersion() == 0)
        #expect(try gallery.session(token: String(repeating: "A", count: 43)) == nil)
    }

    @Test func areReadAsTheyAre() throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let gallery = try Gallery(at: path, access: .readOnly)
        try expectWhatWasStored(gallery)
        #expect(try gallery.peopleVersion() == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try execute("PRAGMA user_version", on: path) == "1")
    }

    @Test func areUpgradedWhenTheyAreOpenedToBeWritten() throws {
        let reader = try Gallery(at: path, access: .readOnly)
        let ids = try reader.templateList().entries.map(\.id)
        let gallery = try Gallery(at: path)
        #expect(try execute("PRAGMA user_version", on: path) == "4")
        try expectWhatWasStored(gallery)
        #expect(try gallery.templateList().entries.map(\.id) == ids)
        try expectWhatWasStored(reader)
        try gallery.enroll("Ada", template(4, thumbnail: smallJPEG, quality: 80))
        try gallery.setBadge("17", of: "Ada")
        #expect(try reader.template(id(4)).template == template(4, thumbnail: smallJPEG, quality: 80))
        #expect(try reader.person(withBadge: "17")?.name == "Ada")
        #expect(try execute("PRAGMA integrity_check", on: path) == "ok")
    }

    @Test func anUpgradeThatFailsChangesNothing() throws {
        try execute("CREATE TABLE thumbnail (x)", on: path)
        #expect {
            try Gallery(at: path)
        } throws: {
            guard case GalleryError.damaged = $0 else { return false }
            return true
        }
        #expect(try execute("PRAGMA user_version", on: path) == "1")
        #expect(try execute("SELECT count(*) FROM pragma_table_info('template')", on: path) == "6")
    }
}

private let versionOne = """
    CREATE TABLE space (
        id INTEGER PRIMARY KEY CHECK (id = 1), model TEXT NOT NULL, model_sha256 TEXT NOT NULL,
        profile TEXT NOT NULL, dimension INTEGER NOT NULL CHECK (dimension > 0)
    ) STRICT;
    CREATE TABLE person (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, created INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE template (
        id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        space INTEGER NOT NULL REFERENCES space (id), embedding BLOB NOT NULL,
        photo_sha256 BLOB NOT NULL UNIQUE CHECK (length(photo_sha256) = 32), created INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX template_of_person ON template (person);
    PRAGMA application_id = 0x46505254;
    PRAGMA user_version = 1;
    INSERT INTO space VALUES (1, 'facenet', '\(facenet.modelSHA256)', 'standardized', 128);
    INSERT INTO person VALUES (1, 'Ada', 'ada', 1000), (2, 'Grace', 'grace', 3000);
    """
