import Foundation

/// A person's row.
struct StoredPerson {
    let id: Int
    let person: Person

    /// - Parameter row: The columns `id, name`, the number of templates, `created, badge`.
    private init(_ row: borrowing Statement) throws(GalleryError) {
        id = row.integer(0)
        person = Person(
            name: try Self.name(row.text(1), id: id), templateCount: row.integer(2),
            created: Date(milliseconds: row.integer(3)),
            badge: row.isNull(4) ? nil : try Self.badge(row.text(4), id: id))
    }

    private init(id: Int, person: Person) {
        self.id = id
        self.person = person
    }

    /// Adds somebody whom nobody is named like, and records it.
    ///
    /// - Parameter created: In milliseconds since 1970.
    static func add(
        _ name: PersonName, created: Int, by actor: Actor, in connection: borrowing Connection
    ) throws(GalleryError) -> StoredPerson {
        try connection.run(
            "INSERT INTO person (name, key, created) VALUES (?, ?, ?)",
            .text(name.shown), .text(name.key), .integer(created))
        let id = connection.lastInsertedID
        try StoredEvent.append([NewEvent(.personAdded, by: actor, person: name.shown)], in: connection)
        return StoredPerson(
            id: id,
            person: Person(name: name.shown, templateCount: 0, created: Date(milliseconds: created)))
    }

    /// Everybody, sorted by name without regard to case.
    static func all(in connection: borrowing Connection) throws(GalleryError) -> [StoredPerson] {
        let rows = try connection.prepare(
            """
            SELECT id, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person ORDER BY key
            """)
        var result: [StoredPerson] = []
        while try rows.step() { result.append(try StoredPerson(rows)) }
        return result
    }

    /// The person of that name, or nil.
    static func find(_ name: PersonName, in connection: borrowing Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE key = ?
            """,
            .text(name.key))
        return try row.step() ? StoredPerson(row) : nil
    }

    /// Who has that badge, or nil.
    static func find(_ badge: BadgeNumber, in connection: borrowing Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, name, (SELECT count(*) FROM template WHERE person = person.id), created, badge
            FROM person WHERE badge_key = ?
            """,
            .text(badge.key))
        return try row.step() ? StoredPerson(row) : nil
    }

    /// The person of that name.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    static func require(_ name: PersonName, in connection: borrowing Connection) throws(GalleryError) -> StoredPerson {
        if let found = try find(name, in: connection) { return found }
        let names = try all(in: connection).map(\.person.name)
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
