/// A group that somebody is in.
struct StoredGroup {
    let name: String
    let key: String

    /// By the number of the person: the groups, sorted by key.
    static func all(in connection: any Connection) throws(GalleryError) -> [Int: [StoredGroup]] {
        let rows = try connection.prepare("SELECT person, name, key FROM membership ORDER BY person, key")
        var result: [Int: [StoredGroup]] = [:]
        while try rows.step() { result[rows.integer(0), default: []].append(StoredGroup(rows)) }
        return result
    }

    /// A person's groups, sorted by key.
    static func all(of person: Int, in connection: any Connection) throws(GalleryError) -> [StoredGroup] {
        let rows = try connection.prepare(
            "SELECT person, name, key FROM membership WHERE person = ?1 ORDER BY key", .integer(person))
        var result: [StoredGroup] = []
        while try rows.step() { result.append(StoredGroup(rows)) }
        return result
    }

    /// Makes these groups the person's.
    static func store(_ groups: [PersonName], of person: Int, in connection: any Connection) throws(GalleryError) {
        try connection.run("DELETE FROM membership WHERE person = ?1", .integer(person))
        for group in groups {
            try connection.run(
                "INSERT INTO membership (person, name, key) VALUES (?1, ?2, ?3)",
                .integer(person), .text(group.shown), .text(group.key))
        }
    }

    /// - Parameter row: The columns `person, name, key`.
    private init(_ row: any Statement) {
        name = row.text(1)
        key = row.text(2)
    }

    /// - Throws: ``GalleryError/damagedPerson(id:reason:)`` for a name that can't be shown.
    func check(ofPerson id: Int) throws(GalleryError) {
        if let defect = PersonName.defect(of: name) {
            throw .damagedPerson(id: id, reason: "the name of a group can't be shown: \(defect)")
        }
    }
}
