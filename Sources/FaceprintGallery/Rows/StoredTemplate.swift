import Faceprint
import Foundation

/// Rows of templates, checked.
enum StoredTemplate {
    /// Adds a row, and one for the thumbnail if there is one.
    ///
    /// - Parameters:
    ///   - version: Of the people, with this change.
    ///   - sealer: nil in a gallery that isn't sealed.
    static func store(
        _ new: NewTemplate, of person: StoredPerson, space: StoredSpace, version: Int, sealer: Sealer?,
        in connection: any Connection
    ) throws(GalleryError) {
        let row = TemplateRow(
            id: try connection.number(after: "SELECT max(id) FROM template"), uuid: bytes(of: new.template.id),
            photo: new.photo, created: new.created, quality: new.template.quality.map(Double.init),
            expires: new.expires, space: StoredSpace.id, changed: version)
        var embedding = StoredEmbedding.bytes(of: new.template.embedding)
        var thumbnail = new.template.thumbnail
        if let sealer {
            embedding = sealer.seal(
                embedding, hasThumbnail: !thumbnail.isEmpty, of: row, person: person.uuid, space: space)
            if !thumbnail.isEmpty { thumbnail = sealer.seal(thumbnail: thumbnail, of: row.id, uuid: row.uuid) }
        }
        try connection.run(
            """
            INSERT INTO template
                (id, person, space, embedding, photo_sha256, created, uuid, quality, expires, changed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """,
            .integer(row.id), .integer(person.id), .integer(row.space), .blob(embedding), .blob(row.photo),
            .integer(row.created), .blob(row.uuid), .real(row.quality), .integer(row.expires), .integer(row.changed))
        try connection.didStore(
            SearchedTemplate(
                id: row.id, person: person.id, expires: row.expires, values: new.template.embedding.values))
        guard !thumbnail.isEmpty else { return }
        try connection.run(
            "INSERT INTO thumbnail (template, jpeg) VALUES (?1, ?2)", .integer(row.id), .blob(thumbnail))
    }

    /// What `row` holds in the columns `template.id, template.uuid, person.id, name, quality, template.created`.
    static func entry(_ row: any Statement) throws(GalleryError) -> TemplateEntry {
        let name = try StoredPerson.name(row.text(3), id: row.integer(2))
        return TemplateEntry(
            id: try uuid(row, 1, of: name), person: name, quality: try quality(row, 4, of: name),
            created: Date(milliseconds: row.integer(5)))
    }

    /// What `row` holds in the columns of ``EmbeddingReader/append(_:person:to:)``, then `jpeg, person.uuid`.
    ///
    /// - Parameter person: Whose template it is.
    static func template(
        _ row: any Statement, of person: String, space: StoredSpace, sealer: Sealer?
    ) throws(GalleryError) -> Template {
        var values: [Float] = []
        var reader = EmbeddingReader(space, sealer: sealer)
        let defect = reader.append(row, person: Array(row.bytes(10)), to: &values)
        guard defect == nil, let embedding = try? Embedding(normalizing: values, space: space.space) else {
            throw .damagedTemplate(id: row.integer(0), person: person, reason: defect ?? "it is no embedding")
        }
        var thumbnail = Array(row.bytes(9))
        if let sealer {
            guard reader.hasThumbnail == !row.isNull(9) else {
                throw .damagedTemplate(id: row.integer(0), person: person, reason: Self.strayThumbnail)
            }
            if !row.isNull(9) { thumbnail = try Self.thumbnail(row, 9, of: person, sealer: sealer) }
        }
        return Template(
            embedding: embedding, photoSHA256: row.bytes(2).hexadecimal, created: Date(milliseconds: row.integer(3)),
            id: try uuid(row, 1, of: person), thumbnail: thumbnail, quality: try quality(row, 4, of: person),
            expires: row.isNull(5) ? nil : Date(milliseconds: row.integer(5)))
    }

    /// Opens a sealed thumbnail.
    ///
    /// - Parameters:
    ///   - row: Begins with the columns `template.id, template.uuid`.
    ///   - column: The one with the thumbnail.
    static func thumbnail(
        _ row: any Statement, _ column: Int32, of person: String, sealer: Sealer
    ) throws(GalleryError) -> [UInt8] {
        let sealed = row.bytes(column)
        if let plain = sealer.open(thumbnail: sealed, of: row.integer(0), uuid: Array(row.bytes(1))) { return plain }
        throw .damagedTemplate(
            id: row.integer(0), person: person,
            reason: "its thumbnail was altered, or moved here from elsewhere, by somebody without the seal key")
    }

    static let strayThumbnail = "its thumbnail was removed or added by somebody without the seal key"

    /// What can be bound to find an id.
    static func value(of id: UUID) -> SQLValue { .blob(bytes(of: id)) }

    private static func bytes(of id: UUID) -> [UInt8] { withUnsafeBytes(of: id.uuid) { Array($0) } }

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
