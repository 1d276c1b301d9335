import CSQLite
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What removals leave in the file while others read it.
@Suite struct TraceTests {
    private let folder = try! TemporaryFolder()
    private var path: String { folder.path("people.gallery") }

    /// Reads the gallery from its start to its end.
    private final class Reader {
        private var database: OpaquePointer?

        init(_ path: String) throws {
            try #require(sqlite3_open(path, &database) == SQLITE_OK)
            try #require(sqlite3_exec(database, "BEGIN; SELECT count(*) FROM template", nil, nil, nil) == SQLITE_OK)
        }

        func end() {
            sqlite3_close_v2(database)
            database = nil
        }
    }

    private func isIn(_ secret: Data) throws -> Bool {
        try ["", "-wal"].contains { ending in
            let file = URL(fileURLWithPath: path + ending)
            guard FileManager.default.fileExists(atPath: file.path) else { return false }
            return try Data(contentsOf: file).range(of: secret) != nil
        }
    }

    private func size(_ ending: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ending)
        return try #require(attributes[.size] as? Int)
    }

    /// Makes a gallery with people who are named by their number.
    private func gallery(people: Int) throws -> Gallery {
        let gallery = try Gallery(at: path)
        for number in 0..<people { try gallery.enroll("\(number)", template(number, thumbnail: smallJPEG)) }
        return gallery
    }

    @Test func areLeftWhileSomebodyReads() throws {
        let gallery = try gallery(people: 3)
        let secret = try bytes(of: template(1))
        let reader = try Reader(path)
        #expect(try !gallery.remove("1"))
        #expect(try !gallery.eraseTraces())
        #expect(try gallery.people().map(\.name) == ["0", "2"])
        try gallery.enroll("3", template(3))
        reader.end()
        #expect(try isIn(secret))
        #expect(try gallery.eraseTraces())
        #expect(try !isIn(secret))
        #expect(try gallery.people().map(\.name) == ["0", "2", "3"])
        #expect(try gallery.inspect().defects.isEmpty)
    }

    /// Whoever removed it may be gone by then.
    @Test func areRememberedByTheGallery() throws {
        let secret = try bytes(of: template(1))
        var gallery = try gallery(people: 3)
        let reader = try Reader(path)
        #expect(try !gallery.remove("1"))
        gallery = try Gallery(at: path)
        reader.end()
        #expect(try isIn(secret))
        #expect(try gallery.eraseTraces())
        #expect(try !isIn(secret))
        #expect(try execute("SELECT count(*) FROM trace", on: path) == "0")
    }

    /// The file isn't written again and again into a log that can't be emptied.
    @Test func doNotMakeTheLogLong() throws {
        try gallery(people: 200).compact()
        let gallery = try Gallery(at: path, busyTimeout: .milliseconds(50))
        let reader = try Reader(path)
        for number in 0..<20 { #expect(try !gallery.remove("\(number)")) }
        #expect(try size("-wal") < 2 * size(""))
        reader.end()
    }

    @Test func areErasedByCompactingOnceNobodyReads() throws {
        let secret = try bytes(of: template(1))
        _ = try gallery(people: 3)
        let gallery = try Gallery(at: path, busyTimeout: .milliseconds(50))
        let reader = try Reader(path)
        #expect(try !gallery.remove("1"))
        #expect(try !gallery.compact())
        reader.end()
        #expect(try gallery.compact())
        #expect(try !isIn(secret))
    }

    @Test func canNotBeErasedByWhoMayOnlyRead() throws {
        try gallery(people: 1).remove("0")
        let gallery = try Gallery(at: path, access: .readOnly)
        #expect(throws: GalleryError.notWritable(path: path)) { try gallery.eraseTraces() }
    }

    /// Numbers aren't given twice: else a new trace could pass for one that was erased.
    @Test func areNumberedOn() throws {
        let gallery = try gallery(people: 3)
        try gallery.remove("0")
        let reader = try Reader(path)
        #expect(try !gallery.remove("1"))
        #expect(try execute("SELECT max(id) FROM trace", on: path) == "2")
        reader.end()
    }

    /// Version 3 didn't remember them.
    @Test func mayBeInAFileOfVersionThree() throws {
        _ = try gallery(people: 1)
        try execute("DROP TABLE trace; PRAGMA user_version = 3", on: path)
        let gallery = try Gallery(at: path)
        #expect(try execute("SELECT count(*) FROM trace", on: path) == "1")
        #expect(try gallery.eraseTraces())
        #expect(try execute("SELECT count(*) FROM trace", on: path) == "0")
    }
}
