import CSQLite
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// One file, several users.
@Suite(.onEveryStore, .namingTheStore) struct SharedUseTests {
    let place = try! TestPlace()
    var path: String { place.location }

    @Test func writersLoseNothing() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    // Each makes the gallery if it is the first.
                    let gallery = try Gallery(at: path, busyTimeout: .seconds(60))
                    for number in 0..<50 {
                        try gallery.enroll("Shared \(number % 7)", template(1000 * writer + number))
                    }
                }
            }
            try await group.waitForAll()
        }
        let gallery = try Gallery(at: path, access: .readOnly)
        #expect(try gallery.people().count == 7)
        let photos = try gallery.people().flatMap { try gallery.templates(of: $0.name) }.map(\.photoSHA256)
        let expected = try (0..<4).flatMap { writer in (0..<50).map { 1000 * writer + $0 } }.map {
            try template($0).photoSHA256
        }
        #expect(photos.sorted() == expected.sorted())
        if TestStore.current == .file { #expect(try execute("PRAGMA integrity_check", on: path) == "ok") }
    }

    @Test func manyMayMakeANewOneAtOnce() async throws {
        for _ in 0..<20 {
            let place = try TestPlace()
            let path = place.location
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask { try Gallery(at: path).enroll("Ada", template(number)) }
                }
                try await group.waitForAll()
            }
            #expect(try Gallery(at: path, access: .readOnly).people().map(\.templateCount) == [4])
        }
    }

    @Test func aReaderSeesWhatOthersWrote() throws {
        let writer = try Gallery(at: path)
        let reader = try Gallery(at: path, access: .readOnly)
        #expect(try reader.people().isEmpty)
        try writer.enroll("Ada", template(1))
        #expect(try reader.people().map(\.name) == ["Ada"])
        try writer.remove("Ada")
        #expect(try reader.people().isEmpty)
    }

    @Test func aLockThatStaysIsAnError() throws {
        let gallery = try Gallery(at: path, busyTimeout: .milliseconds(500))
        try gallery.enroll("Ada", template(1))
        try withWriter(at: path) { () throws in
            #expect(throws: GalleryError.busy(path: gallery.location)) { try gallery.enroll("Ada", template(2)) }
            // Readers don't wait for a writer.
            #expect(try gallery.people().map(\.templateCount) == [1])
        }
        try gallery.enroll("Ada", template(2))
    }

    @Test(.onlyOnAFile) func aReaderInTheWayDoesNotStopARemoval() throws {
        let gallery = try Gallery(at: path, busyTimeout: .milliseconds(1))
        try gallery.enroll("Ada", template(1))
        try gallery.enroll("Grace", template(2))
        var database: OpaquePointer?
        sqlite3_open(path, &database)
        sqlite3_exec(database, "BEGIN; SELECT * FROM person", nil, nil, nil)
        try gallery.remove("Ada")
        #expect(try gallery.people().map(\.name) == ["Grace"])
        sqlite3_close_v2(database)
        try gallery.remove("Grace")
        let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        #expect(log.isEmpty)
    }
}
