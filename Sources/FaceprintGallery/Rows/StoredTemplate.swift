import Faceprint
import Foundation

/// Rows of templates, checked.
enum StoredTemplate {
    /// Adds a row, and one for the thumbnail if there is one.
    ///
    /// - Parameter version: Of the people, with this change.
    static func store(
        _ new: NewTemplate, of person: StoredPerson, version: Int, in connection: any Connection
    ) throws(GalleryError) {
        let id = (try connection.number("SELECT max(id) FROM template") ?? 0) + 1
        try connection.run(
            """
            INSERT INTO template
                (id, person, space, embedding, photo_sha256, created, uuid, quality, expires, changed)
            VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            .integer(id), .integer(person.id), .blob(StoredEmbedding.bytes(of: new.template.embedding)),
            .blob(new.photo), .integer(new.created), value(of: new.template.id),
            .real(new.template.quality.map(Double.init)), .integer(new.expires), .integer(version))
        try connection.didStore(
            SearchedVector(
                template: id, person: person.id, expires: new.expires, values: new.template.embedding.values))
        guard !new.template.thumbnail.isEmpty else { return }
        try connection.run(
            "INSERT INTO thumbnail (template, jpeg) VALUES (?1, ?2)", .integer(id), .blob(new.template.thumbnail))
    }

    /// What `row` holds in the columns `template.id, template.uuid, person.id, name, quality, template.created`.
    static func entry(_ row: any Statement) throws(GalleryError) -> TemplateEntry {
        let name = try StoredPerson.name(row.text(3), id: row.integer(2))
        return TemplateEntry(
            id: try uuid(row, 1, of: name), person: name, quality: try quality(row, 4, of: name),
            created: Date(milliseconds: row.integer(5)))
    }

    /// What `row` holds in the columns of ``entry(_:)`` and then `embedding, photo_sha256, jpeg, expires`.
    static func template(_ row: any Statement, space: StoredSpace) throws(GalleryError) -> Template {
        let entry = try entry(row)
        var values: [Float] = []
        let defect = StoredEmbedding.append(row.bytes(6), to: &values, dimension: space.dimension)
        guard defect == nil, let embedding = try? Embedding(normalizing: values, space: space.space) else {
            throw .damagedTemplate(
                id: row.integer(0), person: entry.person, reason: defect ?? "it is no embedding")
        }
        return Template(
            embedding: embedding, photoSHA256: row.bytes(7).hexadecimal, created: entry.created, id: entry.id,
            thumbnail: Array(row.bytes(8)), quality: entry.quality,
            expires: row.isNull(9) ? nil : Date(milliseconds: row.integer(9)))
    }

    /// What can be bound to find an id.
    static func value(of id: UUID) -> SQLValue { .blob(withUnsafeBytes(of: id.uuid) { Array($0) }) }

    static func uuid(_ row: any Statement, _ column: Int32, of person: String) throws(GalleryError) -> UUID {
        let bytes = row.bytes(column)
        guard bytes.count == 16 else {
            throw .damagedTemplate(id: row.integer(0), person: person, reason: "its id has \(bytes.count) bytes")
        }
        return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }

    private static func quality(
        _ row: any Statement, _ column: Int32, of person: String
    ) throws(GalleryError) -> Float? {
        guard let quality = row.real(column) else { return nil }
        guard (0...100).contains(quality) else {
            throw .damagedTemplate(id: row.integer(0), person: person, reason: "its quality is \(quality)")
        }
        return Float(quality)
    }
}
