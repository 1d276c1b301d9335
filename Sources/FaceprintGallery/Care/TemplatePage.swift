import Foundation

/// Some templates of a gallery, laid out for a search, and those that are damaged.
struct TemplatePage: Sendable {
    /// `[count]`: the number of each template's row, ascending.
    var rows: [Int] = []
    /// `[count]`: the numbers of their people.
    var people: [Int] = []
    /// `[count][dimension]`: the embeddings, each of unit length, row by row.
    var values: [Float] = []
    /// Templates that are left out: ``GalleryError/damagedTemplate(id:person:reason:)``.
    var defects: [GalleryError] = []
    /// The number of the last row that was looked at: where the next page begins. nil after the last page.
    var end: Int?

    /// Reads the templates that may be matched at a moment, in the order of their rows.
    ///
    /// A damaged one is left out, and keeps none of the others from being read.
    ///
    /// - Parameters:
    ///   - row: After which to begin; 0 for the first page.
    ///   - limit: How many at most; at least 1.
    ///   - now: What expires by then is left out.
    init(
        after row: Int, limit: Int, now: Date, space: StoredSpace, in connection: any Connection
    ) throws(GalleryError) {
        values.reserveCapacity(limit * space.dimension)
        let statement = try connection.prepare(
            """
            SELECT template.id, person, embedding, expires, person.name
            FROM template LEFT JOIN person ON person.id = person
            WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
            """,
            .integer(row), .integer(limit))
        let present = now.milliseconds ?? .max
        var count = 0
        var last = row
        while try statement.step() {
            count += 1
            last = statement.integer(0)
            guard statement.isNull(3) || statement.integer(3) > present else { continue }
            guard !statement.isNull(4) else {
                defects.append(.damagedTemplate(id: last, person: "", reason: "its person is missing"))
                continue
            }
            let size = values.count
            if let defect = StoredEmbedding.append(statement.bytes(2), to: &values, dimension: space.dimension) {
                values.removeSubrange(size...)
                defects.append(.damagedTemplate(id: last, person: statement.text(4), reason: defect))
                continue
            }
            rows.append(last)
            people.append(statement.integer(1))
        }
        end = count == limit ? last : nil
    }
}
