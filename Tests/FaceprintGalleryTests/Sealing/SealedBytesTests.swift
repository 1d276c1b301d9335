import CSQLite
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// No part of an embedding or a thumbnail is in any file of a sealed gallery.
@Suite struct SealedBytesTests {
    private let setup: SealingSetup
    private let templates: [Template]
    private let search: PlaintextSearch

    init() throws {
        setup = try SealingSetup()
        templates = try (0..<60).map { try sealable($0, thumbnailBytes: 3000) }
        search = PlaintextSearch(
            templates.flatMap { [Array(bytes(of: $0)), $0.thumbnail] }, in: setup.galleryFolder)
    }

    private func enroll(in gallery: Gallery) throws {
        for (number, template) in templates.enumerated() { try gallery.enroll("Person \(number % 6)", template) }
    }

    @Test func nothingAtAnyTime() throws {
        let gallery = try setup.open(setup.key)
        let files = try search.found {
            try enroll(in: gallery)
            try gallery.rename("Person 1", to: "Person 2", merging: true)
            try gallery.rekey(to: setup.otherKey)
            try gallery.remove("Person 3")
            try gallery.rekey(to: setup.key)
            // A backup while it is in use.
            try setup.execute("VACUUM INTO '\(setup.galleryFolder)/backup'")
            for name in ["people.gallery", "people.gallery-wal"] {
                try FileManager.default.copyItem(
                    atPath: setup.galleryFolder + "/\(name)", toPath: setup.galleryFolder + "/copy-\(name)")
            }
            _ = try gallery.readAll()
        }
        #expect(files == [])
        #expect(search.found() == [])
        #expect(try gallery.readAll().values.flatMap(\.self).count == 50)
    }

    @Test func nothingIsLeftOfAPlainGallery() throws {
        let gallery = try setup.open(nil)
        try enroll(in: gallery)
        #expect(!search.found().isEmpty)
        let before = try gallery.readAll()
        #expect(try gallery.seal(with: setup.key))
        #expect(search.found() == [])
        #expect(try gallery.readAll() == before)
        #expect(try setup.open(setup.key).readAll() == before)
        try gallery.unseal()
        #expect(!search.found().isEmpty)
        #expect(try setup.open(nil).readAll() == before)
    }

    @Test func aReaderIsInTheWayUntilSealingIsRepeated() throws {
        let gallery = try setup.open(nil)
        try enroll(in: gallery)
        var reader: OpaquePointer?
        try #require(sqlite3_open(setup.location, &reader) == SQLITE_OK)
        sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM template", nil, nil, nil)
        #expect(try !gallery.seal(with: setup.key))
        #expect(!search.found().isEmpty)
        sqlite3_close(reader)
        #expect(throws: GalleryError.self) { try gallery.seal(with: setup.otherKey) }
        #expect(try gallery.seal(with: setup.key))
        #expect(search.found() == [])
    }
}
