/// Writes every row that can be sealed anew, in the transaction of its connection, a page at a time.
struct RowSealing {
    let connection: any Connection
    /// What opens the rows; nil where they aren't sealed.
    let old: Sealer?
    /// What seals them; nil to leave them open.
    let new: Sealer?

    private static let page = 500

    /// - Parameter space: nil where there are no templates.
    /// - Throws: Also ``GalleryError/damaged(path:reason:)``, where a thumbnail would be left as it is.
    func run(_ space: StoredSpace?) throws(GalleryError) {
        try writePeople()
        if let space { try writeTemplates(space) }
        try writeThumbnails()
    }

    private func writePeople() throws(GalleryError) {
        var last = Int.min
        while true {
            let rows = try connection.prepare(
                """
                SELECT id, uuid, name, key, created, badge, badge_key, changed, seal
                FROM person WHERE id > ?1 ORDER BY id LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var people: [PersonRow] = []
            while try rows.step() {
                let groups = try StoredGroup.all(of: rows.integer(0), in: connection)
                people.append(PersonRow(rows, groups: groups))
            }
            guard let end = people.last else { return }
            last = end.id
            for person in people {
                try old?.check(person)
                try connection.run(
                    "UPDATE person SET seal = ?1 WHERE id = ?2", .blob(new?.seal(of: person)), .integer(person.id))
            }
        }
    }

    private func writeTemplates(_ space: StoredSpace) throws(GalleryError) {
        var reader = EmbeddingReader(space, sealer: old)
        var last = Int.min
        while true {
            let rows = try connection.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, thumbnail.template, person.uuid, person.id, person.name
                FROM template LEFT JOIN person ON person.id = person
                    LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var page: [(id: Int, embedding: [UInt8])] = []
            while try rows.step() {
                guard !rows.isNull(11) else {
                    throw .damagedTemplate(id: rows.integer(0), person: "", reason: "its person is missing")
                }
                let person = (
                    name: try StoredPerson.name(rows.text(12), id: rows.integer(11)), uuid: Array(rows.bytes(10))
                )
                let hasThumbnail = !rows.isNull(9)
                var embedding = try reader.embedding(rows, of: person, hasThumbnail: hasThumbnail)
                if let new {
                    embedding = new.seal(
                        embedding, hasThumbnail: hasThumbnail, of: TemplateRow(rows), person: person.uuid,
                        space: space)
                }
                page.append((rows.integer(0), embedding))
            }
            guard let end = page.last else { return }
            last = end.id
            for (id, embedding) in page {
                try connection.run(
                    "UPDATE template SET embedding = ?1 WHERE id = ?2", .blob(embedding), .integer(id))
            }
        }
    }

    private func writeThumbnails() throws(GalleryError) {
        var last = Int.min
        while true {
            let rows = try connection.prepare(
                """
                SELECT thumbnail.template, template.uuid, jpeg, person.id, person.name
                FROM thumbnail LEFT JOIN template ON template.id = thumbnail.template
                    LEFT JOIN person ON person.id = person
                WHERE thumbnail.template > ?1 ORDER BY thumbnail.template LIMIT ?2
                """,
                .integer(last), .integer(Self.page / 5))
            var page: [(id: Int, jpeg: [UInt8])] = []
            while try rows.step() {
                guard !rows.isNull(3) else {
                    throw .damaged(
                        path: connection.name,
                        reason: "the thumbnail of template number \(rows.integer(0)) has lost its template")
                }
                var jpeg = Array(rows.bytes(2))
                if let old {
                    let person = try StoredPerson.name(rows.text(4), id: rows.integer(3))
                    jpeg = try StoredTemplate.thumbnail(rows, 2, of: person, sealer: old)
                }
                if let new { jpeg = new.seal(thumbnail: jpeg, of: rows.integer(0), uuid: Array(rows.bytes(1))) }
                page.append((rows.integer(0), jpeg))
            }
            guard let end = page.last else { return }
            last = end.id
            for (id, jpeg) in page {
                try connection.run("UPDATE thumbnail SET jpeg = ?1 WHERE template = ?2", .blob(jpeg), .integer(id))
            }
        }
    }
}

extension EmbeddingReader {
    /// A row's embedding, checked, as it stands in a gallery that isn't sealed.
    ///
    /// - Parameters:
    ///   - row: Of the columns that ``append(_:person:to:)`` takes.
    ///   - hasThumbnail: Whether there is one.
    /// - Throws: ``GalleryError/damagedTemplate(id:person:reason:)``.
    mutating func embedding(
        _ row: any Statement, of person: (name: String, uuid: [UInt8]), hasThumbnail: Bool
    ) throws(GalleryError) -> [UInt8] {
        var values: [Float] = []
        var defect = append(row, person: person.uuid, to: &values)
        if defect == nil, let said = self.hasThumbnail, said != hasThumbnail {
            defect = StoredTemplate.strayThumbnail
        }
        if let defect { throw .damagedTemplate(id: row.integer(0), person: person.name, reason: defect) }
        return StoredEmbedding.bytes(of: values)
    }
}
