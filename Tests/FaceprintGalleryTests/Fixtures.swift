import CSQLite
import Faceprint
import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

let facenet = EmbeddingSpace(
    model: "facenet", modelSHA256: String(repeating: "6a", count: 32), profile: "standardized")
let sface = EmbeddingSpace(model: "sface", modelSHA256: String(repeating: "2b", count: 32), profile: "raw")

/// A template whose embedding, photo and id follow from its number.
func template(
    _ number: Int, space: EmbeddingSpace = facenet, dimension: Int = 128, thumbnail: [UInt8] = [], quality: Float? = nil
) throws -> Template {
    let values = (0..<dimension).map { Float(sin(Double(number * 7919 + $0 * 104_729 + 1))) }
    let digits = String(number, radix: 16)
    return Template(
        embedding: try Embedding(normalizing: values, space: space),
        photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits,
        created: Date(timeIntervalSince1970: 1_700_000_000 + Double(number)), id: id(number), thumbnail: thumbnail,
        quality: quality)
}

extension Gallery {
    /// How many templates a search looks at; throws what keeps one from it.
    func searchable() throws -> Int {
        let index = GalleryIndex(self)
        if let damage = try index.damage().first { throw damage }
        return try index.count()
    }

    /// The names of all who can be found.
    func searchedNames() throws -> [String] {
        try identify(FaceprintGalleryTests.template(1).embedding, threshold: 2, top: 1000).candidates.map(\.person)
            .sorted()
    }
}

/// The id of the template of that number.
func id(_ number: Int) -> UUID {
    UUID(uuid: withUnsafeBytes(of: (0, number.bigEndian)) { $0.loadUnaligned(as: uuid_t.self) })
}

/// What begins and ends like a JPEG file.
let smallJPEG: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0x5A, count: 3000) + [0xFF, 0xD9]

/// An embedding as a gallery's file holds it.
func bytes(of template: Template) -> Data {
    template.embedding.values.reduce(into: Data()) { data, value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
}

/// What any SQLite client may do to a file: see `execute(_:on:)`.
func executeInFile(_ sql: String, on path: String) throws -> String? {
    var database: OpaquePointer?
    defer { sqlite3_close_v2(database) }
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
    var result: String?
    let code = withUnsafeMutablePointer(to: &result) { result in
        sqlite3_exec(
            database, sql,
            { context, _, columns, _ in
                context?.assumingMemoryBound(to: String?.self).pointee = columns?[0].map { String(cString: $0) }
                return 0
            }, result, nil)
    }
    try #require(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(database)))")
    return result
}

/// The SHA-256 of the bytes that hexadecimal digits stand for, by GLib.
func sha256(ofHexadecimal digits: String) throws -> String {
    let digits = try digits.map { try #require($0.hexDigitValue) }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
    return bytes.withUnsafeBytes { SHA256.hex(of: $0) }
}

/// A small disk of its own, unmounted when its owner goes.
final class SmallDisk: Sendable {
    private let folder: TemporaryFolder

    /// - Parameter kilobytes: Its size.
    init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        try #require(mount("tmpfs", folder.url.path, "tmpfs", 0, "size=\(kilobytes)k") == 0)
    }

    deinit { umount2(folder.url.path, Int32(MNT_DETACH)) }

    func path(_ name: String) -> String { folder.path(name) }

    func makeReadOnly() throws {
        let remount: UInt = 32
        let readOnly: UInt = 1
        try #require(mount("tmpfs", folder.url.path, "tmpfs", remount | readOnly, nil) == 0, "errno \(errno)")
    }

    /// Whether this process may mount one.
    static let isAvailable: Bool = {
        let folder = try? TemporaryFolder()
        guard let path = folder?.url.path, mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0 else {
            print("skipped: this process may not mount a file system, so full and read-only disks are not tested")
            return false
        }
        return umount2(path, 0) == 0
    }()
}

extension Trait where Self == ConditionTrait {
    static var needsSmallDisk: Self {
        .enabled(if: SmallDisk.isAvailable, "this process may not mount a file system")
    }
}
