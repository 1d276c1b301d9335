/// What a search needs of a person.
struct SearchedPerson {
    let id: Int
    let name: String
    /// As they are compared.
    let groups: Set<String>
    /// Why this person can't be found: then the rest means nothing.
    let defect: GalleryError?

    /// - Parameter sealer: nil in a gallery that isn't sealed.
    private init(_ row: PersonRow, sealer: Sealer?) {
        id = row.id
        groups = Set(row.groups.map(\.key))
        do throws(GalleryError) {
            try sealer?.check(row)
            for group in row.groups { try group.check(ofPerson: row.id) }
            name = try StoredPerson.name(row.name, id: row.id)
            defect = nil
        } catch {
            name = ""
            defect = error
        }
    }

    /// Everybody who was changed after a version of the people.
    static func changed(
        after version: Int, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> [SearchedPerson] {
        let groups = try StoredGroup.all(in: connection)
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal FROM person WHERE changed > ?1
            """,
            .integer(version))
        var result: [SearchedPerson] = []
        while try rows.step() {
            let row = PersonRow(rows, groups: groups[rows.integer(0)] ?? [])
            result.append(SearchedPerson(row, sealer: sealer))
        }
        return result
    }
}
