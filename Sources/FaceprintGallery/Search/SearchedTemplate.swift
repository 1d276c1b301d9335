import Faceprint

/// What a search needs of a template.
struct SearchedTemplate {
    let id: Int
    let person: Int
    /// In milliseconds since 1970; nil for one that stays.
    let expires: Int?
    /// `[dimension]`, of unit length; means nothing where there is a defect.
    let values: [Float]
    let defect: GalleryError?

    /// - Parameters:
    ///   - expires: In milliseconds since 1970.
    ///   - values: `[dimension]`, of unit length.
    init(id: Int, person: Int, expires: Int?, values: [Float]) {
        self.id = id
        self.person = person
        self.expires = expires
        self.values = values
        defect = nil
    }

    /// - Parameter row: The columns that ``EmbeddingReader`` needs, and then `person.id, person.uuid, name`.
    private init(_ row: any Statement, dimension: Int, _ reader: inout EmbeddingReader) {
        id = row.integer(0)
        person = row.integer(9)
        expires = row.isNull(5) ? nil : row.integer(5)
        var values: [Float] = []
        values.reserveCapacity(dimension)
        let reason =
            row.isNull(9)
            ? "its person is missing" : reader.append(row, person: Array(row.bytes(10)), to: &values)
        self.values = values
        defect = reason.map { .damagedTemplate(id: row.integer(0), person: row.text(11), reason: $0) }
    }

    /// Reads all, page by page.
    static func all(
        _ space: StoredSpace, sealer: Sealer?, in connection: any Connection,
        _ body: (SearchedTemplate) throws(GalleryError) -> Void
    ) throws(GalleryError) {
        let page = 10_000
        var reader = EmbeddingReader(space, sealer: sealer)
        var last = Int.min
        var count = page
        while count == page {
            count = 0
            let rows = try connection.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, person.id, person.uuid, name
                FROM template LEFT JOIN person ON person.id = person
                WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
                """,
                .integer(last), .integer(page))
            while try rows.step() {
                let template = SearchedTemplate(rows, dimension: space.dimension, &reader)
                try body(template)
                last = template.id
                count += 1
            }
        }
    }

    /// Those that were changed after a version of the people.
    static func changed(
        after version: Int, _ space: StoredSpace, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> [SearchedTemplate] {
        var reader = EmbeddingReader(space, sealer: sealer)
        let rows = try connection.prepare(
            """
            SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                template.changed, embedding, person.id, person.uuid, name
            FROM template LEFT JOIN person ON person.id = person WHERE template.changed > ?1
            """,
            .integer(version))
        var result: [SearchedTemplate] = []
        while try rows.step() { result.append(SearchedTemplate(rows, dimension: space.dimension, &reader)) }
        return result
    }
}
