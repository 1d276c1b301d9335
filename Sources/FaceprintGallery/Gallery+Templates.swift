import Faceprint
import Foundation

extension Gallery {
    /// The templates of a person, the first enrolled first.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an
    ///   error of the file.
    public func templates(of name: String) throws(GalleryError) -> [Template] {
        let name = try PersonName(name)
        return try store.read { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let person = try StoredPerson.require(name, sealer: sealer, in: c)
            guard person.person.templateCount > 0 else { return [] }
            let stored = try requireSpace(c)
            let rows = try c.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, jpeg, person.uuid
                FROM template JOIN person ON person.id = person LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE person = ?1 ORDER BY template.id
                """,
                .integer(person.id))
            var result: [Template] = []
            while try rows.step() {
                result.append(
                    try StoredTemplate.template(rows, of: person.person.name, space: stored, sealer: sealer))
            }
            return result
        }
    }

    /// The embeddings of a person that are not over, without thumbnails, the first enrolled first.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an
    ///   error of the store.
    public func embeddings(of name: String, now: Date = Date()) throws(GalleryError) -> [Embedding] {
        let name = try PersonName(name)
        return try store.read { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let person = try StoredPerson.require(name, sealer: sealer, in: c)
            guard person.person.templateCount > 0 else { return [] }
            let stored = try requireSpace(c)
            var reader = EmbeddingReader(stored, sealer: sealer)
            let rows = try c.prepare(
                """
                SELECT id, uuid, photo_sha256, created, quality, expires, space, changed, embedding FROM template
                WHERE person = ?1 AND (expires IS NULL OR expires > ?2) ORDER BY id
                """,
                .integer(person.id), .integer(now.milliseconds))
            var result: [Embedding] = []
            while try rows.step() {
                var values: [Float] = []
                let defect = reader.append(rows, person: person.uuid, to: &values)
                guard defect == nil, let embedding = try? Embedding(normalizing: values, space: stored.space) else {
                    throw .damagedTemplate(
                        id: rows.integer(0), person: person.person.name, reason: defect ?? "it is no embedding")
                }
                result.append(embedding)
            }
            return result
        }
    }

    /// A template and whose it is.
    ///
    /// - Throws: ``GalleryError/noSuchTemplate(_:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an error
    ///   of the file.
    public func template(_ id: UUID) throws(GalleryError) -> (person: String, template: Template) {
        try store.read { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let row = try c.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, jpeg, person.uuid, person.key
                FROM template JOIN person ON person.id = person LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE template.uuid = ?1
                """,
                StoredTemplate.value(of: id))
            guard try row.step() else { throw .noSuchTemplate(id) }
            guard let person = try StoredPerson.find(key: row.text(11), sealer: sealer, in: c) else {
                throw .noSuchTemplate(id)
            }
            return (
                person.person.name,
                try StoredTemplate.template(
                    row, of: person.person.name, space: try requireSpace(c), sealer: sealer)
            )
        }
    }

    /// Lists templates, the first enrolled first.
    ///
    /// - Parameters:
    ///   - name: Whose; nil for everybody's.
    ///   - offset: How many to pass over; at least 0.
    ///   - limit: How many to list at most; at least 0.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an
    ///   error of the file.
    public func templateList(
        of name: String? = nil, offset: Int = 0, limit: Int = .max
    ) throws(GalleryError) -> TemplateList {
        let name = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try store.read { (c) throws(GalleryError) in
            let sealer = try sealerIfUnlocked(in: c)
            let person = try name.map { (name) throws(GalleryError) in
                try StoredPerson.require(name, sealer: sealer, in: c)
            }
            let id = SQLValue.integer(person?.id)
            // Two statements: one for both would read everybody's templates to find a person's.
            let (count, list): (StaticString, StaticString) =
                person == nil
                ? ("SELECT count(*) FROM template WHERE ?1 IS NULL", Self.listOfAll)
                : ("SELECT count(*) FROM template WHERE person = ?1", Self.listOfPerson)
            let total = try c.number(count, id)
            let rows = try c.prepare(list, id, .integer(max(0, limit)), .integer(max(0, offset)))
            var entries: [TemplateEntry] = []
            while try rows.step() { entries.append(try StoredTemplate.entry(rows)) }
            return TemplateList(entries: entries, total: total ?? 0)
        }
    }

    private static let listOfAll: StaticString = """
        SELECT template.id, template.uuid, person.id, name, quality, template.created
        FROM template JOIN person ON person.id = person
        WHERE ?1 IS NULL ORDER BY template.id LIMIT ?2 OFFSET ?3
        """

    private static let listOfPerson: StaticString = """
        SELECT template.id, template.uuid, person.id, name, quality, template.created
        FROM template JOIN person ON person.id = person
        WHERE person = ?1 ORDER BY template.id LIMIT ?2 OFFSET ?3
        """

    /// The small picture of a template's face, a JPEG; empty where none was stored.
    ///
    /// - Throws: ``GalleryError/noSuchTemplate(_:)``, ``GalleryError/damagedTemplate(id:person:reason:)``, or an error
    ///   of the file.
    public func thumbnail(_ id: UUID) throws(GalleryError) -> [UInt8] {
        try store.read { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let row = try c.prepare(
                """
                SELECT template.id, template.uuid, jpeg, person.id, name
                FROM template JOIN person ON person.id = person LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE template.uuid = ?1
                """,
                StoredTemplate.value(of: id))
            guard try row.step() else { throw .noSuchTemplate(id) }
            guard let sealer, !row.isNull(2) else { return Array(row.bytes(2)) }
            let person = try StoredPerson.name(row.text(4), id: row.integer(3))
            return try StoredTemplate.thumbnail(row, 2, of: person, sealer: sealer)
        }
    }
}
