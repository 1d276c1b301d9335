/// The groups that people are in.
enum StoredGroup {
    /// By the number of the person: the names of the groups, sorted.
    static func all(in connection: any Connection) throws(GalleryError) -> [Int: [String]] {
        let rows = try connection.prepare("SELECT person, name FROM membership ORDER BY person, key")
        var result: [Int: [String]] = [:]
        while try rows.step() { result[rows.integer(0), default: []].append(try name(rows, person: rows.integer(0))) }
        return result
    }

    /// The names of a person's groups, sorted.
    static func names(of person: Int, in connection: any Connection) throws(GalleryError) -> [String] {
        let rows = try connection.prepare(
            "SELECT person, name FROM membership WHERE person = ?1 ORDER BY key", .integer(person))
        var result: [String] = []
        while try rows.step() { result.append(try name(rows, person: person)) }
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

    private static func name(_ row: any Statement, person: Int) throws(GalleryError) -> String {
        let name = row.text(1)
        if let defect = PersonName.defect(of: name) {
            throw .damagedPerson(id: person, reason: "the name of a group can't be shown: \(defect)")
        }
        return name
    }
}
