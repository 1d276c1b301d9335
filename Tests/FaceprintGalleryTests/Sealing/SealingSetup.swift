import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// A place for a gallery, and keys for it.
final class SealingSetup: Sendable {
    private let place: TestPlace
    /// With the keys, apart from the gallery.
    let folder: TemporaryFolder
    let key: SealKey
    let otherKey: SealKey

    init() throws {
        place = try TestPlace()
        folder = try TemporaryFolder()
        try SealKey.makeFile(folder.path("a.key"))
        try SealKey.makeFile(folder.path("b.key"))
        key = try .file(folder.path("a.key"))
        otherKey = try .file(folder.path("b.key"))
    }

    var location: String { place.location }

    /// What messages call the gallery, which has to be there.
    var name: String {
        guard Gallery.isServer(location), let gallery = try? Gallery(at: location) else { return location }
        return gallery.location
    }

    /// With all files that a gallery in a file has.
    var galleryFolder: String { URL(fileURLWithPath: location).deletingLastPathComponent().path }

    func open(_ key: SealKey?, access: Gallery.Access = .readWrite) throws -> Gallery {
        try Gallery(
            at: location, access: access,
            busyTimeout: Gallery.isServer(location) ? .seconds(10) : .milliseconds(200), sealKey: key)
    }

    /// What whoever can write the store may do to it.
    @discardableResult
    func execute(_ sql: String) throws -> String? {
        let sql = Gallery.isServer(location) ? sql : "PRAGMA ignore_check_constraints = ON; \(sql)"
        return try FaceprintGalleryTests.execute(sql, on: location)
    }
}

/// A template that has a thumbnail of random bytes.
func sealable(_ number: Int, thumbnailBytes: Int = 1000) throws -> Template {
    try template(
        number, thumbnail: [0xFF, 0xD8, 0xFF] + (0..<thumbnailBytes).map { _ in .random(in: 0...255) }, quality: 50)
}

func passphrase(_ text: String) throws -> SealKey {
    try SealKey(
        passphrase: SecretBytes(capacity: text.utf8.count) { buffer in
            buffer.copyBytes(from: text.utf8)
            return text.utf8.count
        })
}

extension Gallery {
    /// All that a reader can ask for of people and templates; throws where anything of it is damaged.
    func readAll() throws -> [Person: [Template]] {
        var result: [Person: [Template]] = [:]
        for person in try people() { result[person] = try templates(of: person.name) }
        _ = try searchable()
        return result
    }
}

/// Whether an error says that something is damaged, and what.
func namesDamage(_ error: any Error) -> Bool {
    switch error {
    case GalleryError.damagedPerson, GalleryError.damagedTemplate, GalleryError.damaged: true
    default: false
    }
}
