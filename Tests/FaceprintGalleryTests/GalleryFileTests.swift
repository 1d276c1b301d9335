import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What may stand where a gallery is expected.
@Suite struct GalleryFileTests {
    let folder = try! TemporaryFolder()
    var path: String { folder.path("people.gallery") }

    private func write(_ data: Data) throws { try data.write(to: URL(fileURLWithPath: path)) }

    private func expectError(_ error: GalleryError, at path: String? = nil) {
        for access in [Gallery.Access.readOnly, .readWrite] {
            #expect(throws: error) { try Gallery(at: path ?? self.path, access: access) }
        }
    }

    @Test func nothing() throws {
        #expect(throws: GalleryError.notFound(path: path)) { try Gallery(at: path, access: .readOnly) }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect("\(GalleryError.notFound(path: path))".contains("enroll somebody first"))
    }

    @Test func anEmptyFileBecomesAGallery() throws {
        try write(Data())
        #expect(throws: GalleryError.notFound(path: path)) { try Gallery(at: path, access: .readOnly) }
        try Gallery(at: path).enroll("Ada", template(1))
        #expect(try Gallery(at: path, access: .readOnly).people().map(\.name) == ["Ada"])
    }

    @Test func aFolder() throws { expectError(.isFolder(path: folder.url.path), at: folder.url.path) }

    @Test func aMissingFolder() throws {
        let path = folder.path("no/such/people.gallery")
        #expect(throws: GalleryError.noFolder(path: path)) { try Gallery(at: path) }
        #expect(throws: GalleryError.notFound(path: path)) { try Gallery(at: path, access: .readOnly) }
    }

    @Test func aFileInTheFoldersPlace() throws {
        try write(Data("x".utf8))
        #expect(throws: GalleryError.noFolder(path: path + "/g")) { try Gallery(at: path + "/g") }
    }

    @Test func aPipe() throws {
        try #require(mkfifo(path, 0o600) == 0)
        expectError(.notAGallery(at: path, reason: "it is not a regular file"))
    }

    @Test func aZeroByteInThePath() throws {
        expectError(.notAGallery(at: path + "\0x", reason: "its path contains a zero byte"), at: path + "\0x")
    }

    @Test(arguments: [Data("name,photo\n".utf8), Data([0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 7, count: 5000))])
    func anotherKindOfFile(_ data: Data) throws {
        try write(data)
        expectError(.notAGallery(at: path, reason: "it is not an SQLite database"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == data)
    }

    @Test(arguments: [
        "CREATE TABLE person (id)", "PRAGMA application_id = 7", "PRAGMA user_version = 1",
        "PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE person (name); CREATE TABLE template (x)",
    ])
    func aDatabaseOfAnotherApplication(_ sql: String) throws {
        try execute(sql, on: path)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        expectError(.otherApplication(path: path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func aNewerVersion() throws {
        try Gallery(at: path).enroll("Ada", template(1))
        try execute("PRAGMA user_version = 5", on: path)
        expectError(.newerVersion(path: path, found: 5, known: 4))
        try execute("PRAGMA user_version = 4", on: path)
        #expect(try Gallery(at: path).people().count == 1)
    }

    @Test(arguments: ["VACUUM", "PRAGMA application_id = 0x46505254", "PRAGMA journal_mode = WAL"])
    func anEmptyDatabaseIsFilled(_ sql: String) throws {
        try execute(sql, on: path)
        #expect(throws: GalleryError.notFound(path: path)) { try Gallery(at: path, access: .readOnly) }
        try Gallery(at: path).enroll("Ada", template(1))
        #expect(try execute("PRAGMA user_version", on: path) == "4")
        #expect(try execute("PRAGMA application_id", on: path) == "\(0x4650_5254)")
        #expect(try execute("PRAGMA journal_mode", on: path) == "wal")
        #expect(try Gallery(at: path, access: .readOnly).people().map(\.name) == ["Ada"])
    }

    @Test func anUpgradeThatFailsChangesNothing() throws {
        try execute("PRAGMA application_id = 0x46505254; CREATE TABLE template (x)", on: path)
        #expect {
            try Gallery(at: path)
        } throws: {
            guard case GalleryError.damaged = $0 else { return false }
            return true
        }
        #expect(try execute("PRAGMA user_version", on: path) == "0")
        #expect(try execute("SELECT count(*) FROM sqlite_schema", on: path) == "1")
    }

    @Test func aNewOneIsItsOwnersAlone() throws {
        let gallery = try Gallery(at: path)
        try gallery.enroll("Ada", template(1))
        for name in ["", "-wal", "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
            #expect(mode == 0o600, "people.gallery\(name)")
        }
    }

    @Test(arguments: [":memory:", "file:x?mode=memory", "a b%20#?.gallery", "naïve.gallery"])
    func aPathIsTakenAsItIs(_ name: String) throws {
        let path = folder.path(name)
        try Gallery(at: path).enroll("Ada", template(1))
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try Gallery(at: path, access: .readOnly).people().count == 1)
    }

    @Test func aReadOnlyGalleryRefusesToChange() throws {
        try Gallery(at: path).enroll("Ada", template(1))
        let gallery = try Gallery(at: path, access: .readOnly)
        #expect(throws: GalleryError.notWritable(path: path)) { try gallery.enroll("Ada", template(2)) }
        #expect(throws: GalleryError.notWritable(path: path)) { try gallery.rename("Ada", to: "Eva") }
        #expect(throws: GalleryError.notWritable(path: path)) { try gallery.remove("Ada") }
        #expect(try gallery.templates(of: "Ada").count == 1)
    }
}
