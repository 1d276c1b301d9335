import CSQLite
import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// A place for a gallery, and keys for it.
final class SealingSetup: Sendable {
    let folder: TemporaryFolder
    let key: SealKey
    let otherKey: SealKey

    init() throws {
        folder = try TemporaryFolder()
        // Beside the gallery's folder: no key is looked for in what the gallery wrote.
        try FileManager.default.createDirectory(atPath: folder.path("gallery"), withIntermediateDirectories: true)
        try SealKey.makeFile(folder.path("a.key"))
        try SealKey.makeFile(folder.path("b.key"))
        key = try .file(folder.path("a.key"))
        otherKey = try .file(folder.path("b.key"))
    }

    var location: String { folder.path("gallery/people.gallery") }

    /// Another gallery's.
    var otherLocation: String { folder.path("gallery/other.gallery") }

    func open(_ key: SealKey?, access: Gallery.Access = .readWrite) throws -> Gallery {
        try Gallery(at: location, access: access, busyTimeout: .milliseconds(200), sealKey: key)
    }

    /// What whoever can write the store may do to it.
    @discardableResult
    func execute(_ sql: String) throws -> String? {
        try FaceprintGalleryTests.execute("PRAGMA ignore_check_constraints = ON; \(sql)", on: location)
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
