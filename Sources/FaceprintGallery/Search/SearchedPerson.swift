/// What a search needs of a person.
struct SearchedPerson {
    let id: Int
    let name: String
    /// As they are compared.
    let groups: Set<String>

    /// Everybody who was changed after a version of the people.
    static func changed(after version: Int, in connection: any Connection) throws(GalleryError) -> [SearchedPerson] {
        let memberships = try connection.prepare(
            "SELECT person, membership.key FROM membership JOIN person ON person.id = person WHERE changed > ?1",
            .integer(version))
        var groups: [Int: Set<String>] = [:]
        while try memberships.step() { groups[memberships.integer(0), default: []].insert(memberships.text(1)) }
        let people = try connection.prepare("SELECT id, name FROM person WHERE changed > ?1", .integer(version))
        var result: [SearchedPerson] = []
        while try people.step() {
            let id = people.integer(0)
            result.append(
                SearchedPerson(id: id, name: try StoredPerson.name(people.text(1), id: id), groups: groups[id] ?? []))
        }
        return result
    }
}
