import Foundation

/// A person's row, with the person's groups.
struct StoredPerson {
    let id: Int
    /// 16 bytes, never given to another person; empty in a gallery of an earlier version.
    let uuid: [UInt8]
    let person: Person

    /// - Parameters:
    ///   - row: The columns `id, uuid, name, key, created, badge, badge_key, changed, seal`, and the number of templates.
    ///   - sealer: Of a sealed gallery, to check that nobody altered the row; nil to take it as it is.
    private init(_ row: any Statement, groups: [StoredGroup], sealer: Sealer?) throws(GalleryError) {
        let stored = PersonRow(row, groups: groups)
        try sealer?.check(stored)
        for group in groups { try group.check(ofPerson: stored.id) }
        id = stored.id
        uuid = stored.uuid
        person = Person(
            name: try Self.name(stored.name, id: id), templateCount: row.integer(9),
            created: Date(milliseconds: stored.created),
            badge: try stored.badge.map { (badge) throws(GalleryError) in try Self.badge(badge, id: stored.id) },
            groups: groups.map(\.name))
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
        _ name: PersonName, created: Int, version: Int, by actor: Actor, sealer: Sealer?,
        in connection: any Connection
    ) throws(GalleryError) -> StoredPerson {
        let id = try connection.number(after: "SELECT max(id) FROM person")
        let uuid = Sodium.randomBytes(16)
        try connection.run(
            "INSERT INTO person (id, uuid, name, key, created, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            .integer(id), .blob(uuid), .text(name.shown), .text(name.key), .integer(created), .integer(version))
        try seal(id, by: sealer, in: connection)
        try StoredEvent.append([NewEvent(.personAdded, by: actor, person: name.shown)], in: connection)
        return StoredPerson(
            id: id, uuid: uuid,
            person: Person(name: name.shown, templateCount: 0, created: Date(milliseconds: created)))
    }

    /// Seals a person's row as it is now: to be called after each change of one that was read with the sealer before,
    /// or was just made.
    ///
    /// - Parameter sealer: nil in a gallery that isn't sealed.
    static func seal(_ id: Int, by sealer: Sealer?, in connection: any Connection) throws(GalleryError) {
        guard let sealer else { return }
        let groups = try StoredGroup.all(of: id, in: connection)
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal
            FROM person WHERE id = ?1
            """,
            .integer(id))
        guard try row.step() else { return }
        let seal = sealer.seal(of: PersonRow(row, groups: groups))
        try connection.run("UPDATE person SET seal = ?1 WHERE id = ?2", .blob(seal), .integer(id))
    }

    /// Everybody, sorted by name without regard to case.
    static func all(sealer: Sealer?, in connection: any Connection) throws(GalleryError) -> [StoredPerson] {
        let groups = try StoredGroup.all(in: connection)
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
            FROM person ORDER BY key
            """)
        var result: [StoredPerson] = []
        while try rows.step() {
            result.append(try StoredPerson(rows, groups: groups[rows.integer(0)] ?? [], sealer: sealer))
        }
        return result
    }

    /// People sorted by name without regard to case, some at a time.
    ///
    /// - Parameter key: After which name to begin, as names are compared; empty for the first page.
    static func page(
        after key: String, limit: Int, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> [Person] {
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
            FROM person WHERE key > ?1 ORDER BY key LIMIT ?2
            """,
            .text(key), .integer(limit))
        var result: [Person] = []
        while try rows.step() {
            let groups = try StoredGroup.all(of: rows.integer(0), in: connection)
            result.append(try StoredPerson(rows, groups: groups, sealer: sealer).person)
        }
        return result
    }

    /// People in the order of their rows, some at a time; a damaged one keeps none of the others from being read.
    ///
    /// - Parameters:
    ///   - id: After whom to begin; 0 for the first page.
    ///   - limit: How many at most.
    static func page(
        after id: Int, limit: Int, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> [(id: Int, person: Result<Person, GalleryError>)] {
        let rows = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
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
                        let groups = try StoredGroup.all(of: id, in: connection)
                        return try StoredPerson(rows, groups: groups, sealer: sealer).person
                    }
                ))
        }
        return result
    }

    /// The person of that name, or nil.
    static func find(
        _ name: PersonName, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson? {
        try find(key: name.key, sealer: sealer, in: connection)
    }

    /// The person whose name is compared by that key, or nil.
    static func find(
        key: String, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
            FROM person WHERE key = ?1
            """,
            .text(key))
        return try only(row, sealer: sealer, in: connection)
    }

    /// Who has that badge, or nil.
    static func find(
        _ badge: BadgeNumber, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
            FROM person WHERE badge_key = ?1
            """,
            .text(badge.key))
        return try only(row, sealer: sealer, in: connection)
    }

    /// The person of that number, or nil.
    static func find(id: Int, sealer: Sealer?, in connection: any Connection) throws(GalleryError) -> StoredPerson? {
        let row = try connection.prepare(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal,
                (SELECT count(*) FROM template WHERE person = person.id)
            FROM person WHERE id = ?1
            """,
            .integer(id))
        return try only(row, sealer: sealer, in: connection)
    }

    private static func only(
        _ row: any Statement, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson? {
        guard try row.step() else { return nil }
        return try StoredPerson(row, groups: StoredGroup.all(of: row.integer(0), in: connection), sealer: sealer)
    }

    /// The person of that name.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    static func require(
        _ name: PersonName, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> StoredPerson {
        if let found = try find(name, sealer: sealer, in: connection) { return found }
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
