import Foundation

/// A person's row, with the person's groups.
struct StoredPerson {
    let id: Int
    /// 16 bytes, never given to another person; empty in a gallery of an earlier version.
    let uuid: [UInt8]
    let person: Person

    /// - Parameter row: The columns `id, uuid, name`, the number of templates, `created, badge`.
    private init(_ row: any Statement, groups: [String]) throws(GalleryError) {
        id = row.integer(0)
        uuid = Array(row.bytes(1))
        person = Person(
            name: try Self.name(row.text(2), id: id), templateCount: row.integer(3),
            created: Date(milliseconds: row.integer(4)),
            badge: row.isNull(5) ? nil : try Self.badge(row.text(5), id: id), groups: groups)
    }

    private init(id: Int, uuid: [UInt8], person: Person) {
        self.id = id
        self.uuid = uuid
        self.person = person
    }

    /// Adds somebody whom nobody is named like, and records it.
    ///
    /// - Parameters:
    ///   - created: In milliseconds since 1970.
    ///   - version: Of the people, with this change.
    static func add(
        _ name: PersonName, created: Int, version: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson {
        let id = (try connection.number("SELECT max(id) FROM person") ?? 0) + 1
        let uuid = Sodium.randomBytes(16)
        try connection.run(
            "INSERT INTO person (id, uuid, name, key, created, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            .integer(id), .blob(uuid), .text(name.shown), .text(name.key), .integer(created), .integer(version))
        try StoredEvent.append([NewEvent(.personAdded, by: actor, person: name.shown)], in: connection)
        return StoredPerson(
            id: id, uuid: uuid,
            person: Person(name: name.shown, templateCount: 0, created: Date(milliseconds: created)))
    }

    /// Everybody, sorted by name without regard to case.
    static func all(in connection: any Connection) throws(GalleryError) -> [StoredPerson] {
        let groups = try StoredGroup.all(in: connection)
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person ORDER BY key
            """)
        var result: [StoredPerson] = []
        while try rows.step() { result.append(try StoredPerson(rows, groups: groups[rows.integer(0)] ?? [])) }
        return result
    }

    /// People sorted by name without regard to case, some at a time.
    ///
    /// - Parameter key: After which name to begin, as names are compared; empty for the first page.
    static func page(after key: String, limit: Int, in connection: any Connection) throws(GalleryError) -> [Person] {
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE key > ?1 ORDER BY key LIMIT ?2
            """,
            .text(key), .integer(limit))
        var result: [Person] = []
        while try rows.step() {
            result.append(
                try StoredPerson(rows, groups: try StoredGroup.names(of: rows.integer(0), in: connection)).person)
        }
        return result
    }

    /// People in the order of their rows, some at a time; a damaged one keeps none of the others from being read.
    ///
    /// - Parameters:
    ///   - id: After whom to begin; 0 for the first page.
    ///   - limit: How many at most.
    static func page(
        after id: Int, limit: Int, in connection: any Connection
    ) throws(GalleryError) -> [(id: Int, person: Result<Person, GalleryError>)] {
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            .integer(id), .integer(limit))
        var result: [(Int, Result<Person, GalleryError>)] = []
        while try rows.step() {
            let id = rows.integer(0)
            result.append(
                (
                    id,
                    Result { () throws(GalleryError) in
                        try StoredPerson(rows, groups: try StoredGroup.names(of: id, in: connection)).person
                    }
                ))
        }
        return result
    }

    /// The person of that name, or nil.
    static func find(_ name: PersonName, in connection: any Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE key = ?1
            """,
            .text(name.key))
        return try only(row, in: connection)
    }

    /// Who has that badge, or nil.
    static func find(_ badge: BadgeNumber, in connection: any Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE badge_key = ?1
            """,
            .text(badge.key))
        return try only(row, in: connection)
    }

    /// The person of that number, or nil.
    static func find(id: Int, in connection: any Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE id = ?1
            """,
            .integer(id))
        return try only(row, in: connection)
    }

    private static func only(_ row: any Statement, in connection: any Connection) throws(GalleryError) -> StoredPerson?
    {
        guard try row.step() else { return nil }
        return try StoredPerson(row, groups: try StoredGroup.names(of: row.integer(0), in: connection))
    }

    /// The person of that name.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    static func require(_ name: PersonName, in connection: any Connection) throws(GalleryError) -> StoredPerson {
        if let found = try find(name, in: connection) { return found }
        // Among more names than that, looking for similar ones would keep whoever mistyped waiting.
        let rows = try connection.prepare("SELECT id, name FROM person LIMIT 100000")
        var names: [String] = []
        while try rows.step() { names.append(try Self.name(rows.text(1), id: rows.integer(0))) }
        throw .noSuchPerson(name.shown, similar: NearestNames.of(name.shown, among: names))
    }

    /// A name that stands in the file, checked.
    static func name(_ name: String, id: Int) throws(GalleryError) -> String {
        if let defect = PersonName.defect(of: name) {
            throw .damagedPerson(id: id, reason: "the name can't be shown: \(defect)")
        }
        return name
    }

    private static func badge(_ badge: String, id: Int) throws(GalleryError) -> String {
        if let defect = PersonName.defect(of: badge) {
            throw .damagedPerson(id: id, reason: "the number of the badge can't be shown: \(defect)")
        }
        return badge
    }
}

extension Date {
    /// - Parameter milliseconds: Since 1970.
    init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Since 1970; nil for a date too far away to be one.
    var milliseconds: Int? { Int(exactly: (timeIntervalSince1970 * 1000).rounded()) }
}
