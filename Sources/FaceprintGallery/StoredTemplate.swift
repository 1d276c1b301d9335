import Faceprint
import Foundation

/// Rows of templates, checked.
enum StoredTemplate {
    /// What `row` holds in the columns `template.id, uuid, person.id, name, quality, template.created`.
    static func entry(_ row: borrowing Statement) throws(GalleryError) -> TemplateEntry {
        let name = try StoredPerson.name(row.text(3), id: row.integer(2))
        return TemplateEntry(
            id: try uuid(row, 1, of: name), person: name, quality: try quality(row, 4, of: name),
            created: Date(milliseconds: row.integer(5)))
    }

    /// What `row` holds in the columns of ``entry(_:)`` and then `embedding, lower(hex(photo_sha256)), jpeg`.
    static func template(_ row: borrowing Statement, space: StoredSpace) throws(GalleryError) -> Template {
        let entry = try entry(row)
        var values: [Float] = []
        let defect = StoredEmbedding.append(row.bytes(6), to: &values, dimension: space.dimension)
        guard defect == nil, let embedding = try? Embedding(normalizing: values, space: space.space) else {
            throw .damagedTemplate(
                id: row.integer(0), person: entry.person, reason: defect ?? "it is no embedding")
        }
        return Template(
            embedding: embedding, photoSHA256: row.text(7), created: entry.created, id: entry.id,
            thumbnail: Array(row.bytes(8)), quality: entry.quality)
    }

    /// What can be bound to find an id.
    static func value(of id: UUID) -> Statement.Value { .blob(withUnsafeBytes(of: id.uuid) { Array($0) }) }

    static func uuid(_ row: borrowing Statement, _ column: Int32, of person: String) throws(GalleryError) -> UUID {
        let bytes = row.bytes(column)
        guard bytes.count == 16 else {
            throw .damagedTemplate(id: row.integer(0), person: person, reason: "its id has \(bytes.count) bytes")
        }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }

    private static func quality(
        _ row: borrowing Statement, _ column: Int32, of person: String
    ) throws(GalleryError) -> Float? {
        guard let quality = row.real(column) else { return nil }
        guard (0...100).contains(quality) else {
            throw .damagedTemplate(id: row.integer(0), person: person, reason: "its quality is \(quality)")
        }
        return Float(quality)
    }
}
