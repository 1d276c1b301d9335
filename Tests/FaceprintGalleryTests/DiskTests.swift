import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Disks that are full or can't be written.
@Suite(.needsSmallDisk) struct DiskTests {
    @Test(arguments: [300, 500, 1000])
    func aFullDiskLosesNothing(_ kilobytes: Int) throws {
        let disk = try SmallDisk(kilobytes: kilobytes)
        let path = disk.path("people.gallery")
        var enrolled = 0
        do {
            let gallery = try Gallery(at: path)
            #expect(throws: GalleryError.diskFull(path: path)) {
                while true {
                    try gallery.enroll("Ada \(enrolled)", template(enrolled))
                    enrolled += 1
                }
            }
            #expect(enrolled > 0)
            #expect(try gallery.people().count == enrolled)
            // It stays an error, and stays harmless.
            #expect(throws: GalleryError.diskFull(path: path)) {
                for number in 0..<100 { try gallery.enroll("Ada", template(10_000 + number)) }
            }
        }
        let reader = try Gallery(at: path, access: .readOnly)
        #expect(try reader.people().count >= enrolled)
        #expect(try reader.people().allSatisfy { $0.templateCount > 0 })
        for number in 0..<enrolled { #expect(try reader.templates(of: "Ada \(number)") == [template(number)]) }
        #expect(try execute("PRAGMA integrity_check", on: path) == "ok")
    }

    @Test func aDiskTooFullForANewGallery() throws {
        let disk = try SmallDisk(kilobytes: 16)
        try Data(count: 16 * 1024).write(to: URL(fileURLWithPath: disk.path("ballast")))
        let path = disk.path("people.gallery")
        #expect(throws: GalleryError.diskFull(path: path)) { try Gallery(at: path) }
        try FileManager.default.removeItem(atPath: disk.path("ballast"))
    }

    @Test func aReadOnlyDiskCanBeRead() throws {
        let disk = try SmallDisk(kilobytes: 1000)
        let path = disk.path("people.gallery")
        try Gallery(at: path).enroll("Ada", template(1))
        try disk.makeReadOnly()
        #expect(throws: GalleryError.notWritable(path: path)) { try Gallery(at: path) }
        let other = disk.path("other.gallery")
        #expect(throws: GalleryError.notWritable(path: other)) { try Gallery(at: other) }
        #expect(throws: GalleryError.notFound(path: other)) { try Gallery(at: other, access: .readOnly) }
        let gallery = try Gallery(at: path, access: .readOnly)
        #expect(try gallery.templates(of: "Ada") == [template(1)])
        #expect(try gallery.searchable() == 1)
        #expect(throws: GalleryError.notWritable(path: path)) { try gallery.enroll("Ada", template(2)) }
    }

    /// The files of a gallery whose process was killed: what it wrote is in the log only.
    @Test(arguments: [true, false])
    func anInterruptedGalleryOnAReadOnlyDisk(_ withLocks: Bool) throws {
        let folder = try TemporaryFolder()
        let disk = try SmallDisk(kilobytes: 1000)
        let path = disk.path("people.gallery")
        let gallery = try Gallery(at: folder.path("people.gallery"))
        try gallery.enroll("Ada", template(1))
        for suffix in withLocks ? ["", "-wal", "-shm"] : ["", "-wal"] {
            try FileManager.default.copyItem(atPath: gallery.location + suffix, toPath: path + suffix)
        }
        try disk.makeReadOnly()
        if withLocks {
            #expect(try Gallery(at: path, access: .readOnly).people().map(\.name) == ["Ada"])
        } else {
            #expect(throws: GalleryError.interrupted(path: path)) { try Gallery(at: path, access: .readOnly) }
        }
    }
}

/// What a user who may read a gallery, and no more, can do with it. Needs to be root, to become that user.
@Suite(.enabled(if: geteuid() == 0, "only root can become another user")) struct PermissionTests {
    /// Runs `body` with the rights of nobody, on this thread alone.
    private func asNobody(_ body: () throws -> Void) throws {
        try becomeFileUser(65_534)
        defer { try? becomeFileUser(0) }
        try body()
    }

    /// Changes whom the kernel takes this thread for when it opens files; Swift's C library module lacks it.
    private func becomeFileUser(_ id: UInt32) throws {
        let setfsuid = try #require(dlsym(nil, "setfsuid"))
        _ = unsafeBitCast(setfsuid, to: (@convention(c) (UInt32) -> Int32).self)(id)
    }

    private func makeGallery(mode: Int, in folder: TemporaryFolder) throws -> String {
        let path = folder.path("people.gallery")
        try Gallery(at: path).enroll("Ada", template(1))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
        return path
    }

    @Test func aReadableGalleryCanBeRead() throws {
        let folder = try TemporaryFolder()
        let path = try makeGallery(mode: 0o644, in: folder)
        try asNobody {
            let gallery = try Gallery(at: path, access: .readOnly)
            #expect(try gallery.templates(of: "Ada") == [template(1)])
            #expect(throws: GalleryError.notWritable(path: path)) { try Gallery(at: path) }
        }
    }

    /// The reader holds no locks, so it must see by itself what a writer does.
    @Test func aReaderWithoutLocksNeverMissesAWrite() throws {
        let folder = try TemporaryFolder()
        let path = try makeGallery(mode: 0o644, in: folder)
        var reader: Gallery?
        try asNobody { reader = try Gallery(at: path, access: .readOnly) }
        let gallery = try #require(reader)
        try Gallery(at: path).enroll("Grace", template(2))
        var names: [String] = []
        try asNobody { names = try gallery.people().map(\.name) }
        #expect(names == ["Ada", "Grace"])
        let writer = try Gallery(at: path)
        try writer.enroll("Zoë", template(3))
        try asNobody { names = try gallery.people().map(\.name) }
        #expect(names == ["Ada", "Grace", "Zoë"])
        try writer.remove("Ada")
        try asNobody { names = try gallery.people().map(\.name) }
        #expect(names == ["Grace", "Zoë"])
    }

    @Test func anUnreadableGalleryIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try makeGallery(mode: 0o600, in: folder)
        try asNobody {
            for access in [Gallery.Access.readOnly, .readWrite] {
                #expect(throws: GalleryError.notReadable(path: path, reason: "Permission denied")) {
                    try Gallery(at: path, access: access)
                }
            }
        }
    }
}
