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

    /// - Parameter row: The columns `template.id, person.id, name, expires, embedding`.
    private init(_ row: any Statement, _ stored: StoredSpace) {
        id = row.integer(0)
        person = row.integer(1)
        expires = row.isNull(3) ? nil : row.integer(3)
        var values: [Float] = []
        values.reserveCapacity(stored.dimension)
        let reason = StoredEmbedding.append(row.bytes(4), to: &values, dimension: stored.dimension)
        self.values = values
        defect = reason.map { .damagedTemplate(id: row.integer(0), person: row.text(2), reason: $0) }
    }

    /// Reads all, page by page.
    static func all(
        _ stored: StoredSpace, in connection: any Connection, _ body: (SearchedTemplate) throws(GalleryError) -> Void
    ) throws(GalleryError) {
        let page = 10_000
        var last = 0
        var count = page
        while count == page {
            count = 0
            let rows = try connection.prepare(
                """
                SELECT template.id, person.id, name, expires, embedding
                FROM template JOIN person ON person.id = person
                WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
                """,
                .integer(last), .integer(page))
            while try rows.step() {
                let template = SearchedTemplate(rows, stored)
                try body(template)
                last = template.id
                count += 1
            }
        }
    }

    /// Those that were changed after a version of the people.
    static func changed(
        after version: Int, _ stored: StoredSpace, in connection: any Connection
    ) throws(GalleryError) -> [SearchedTemplate] {
        let rows = try connection.prepare(
            """
            SELECT template.id, person.id, name, expires, embedding
            FROM template JOIN person ON person.id = person WHERE template.changed > ?1
            """,
            .integer(version))
        var result: [SearchedTemplate] = []
        while try rows.step() { result.append(SearchedTemplate(rows, stored)) }
        return result
    }
}
