import Foundation

/// A person's row.
struct StoredPerson {
    let id: Int
    let person: Person

    /// The columns that ``init(_:)`` takes: of `person`, with the number of templates.
    private init(_ row: borrowing Statement) throws(GalleryError) {
        id = row.integer(0)
        person = Person(
            name: try Self.name(row.text(1), id: id), templateCount: row.integer(2),
            created: Date(milliseconds: row.integer(3)))
    }

    /// Everybody, sorted by name without regard to case.
    static func all(in connection: borrowing Connection) throws(GalleryError) -> [StoredPerson] {
        let rows = try connection.prepare(
            """
            SELECT id, name, (SELECT count(*) FROM template WHERE person = person.id), created
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
            SELECT id, name, (SELECT count(*) FROM template WHERE person = person.id), created
            FROM person WHERE key = ?
            """,
            .text(name.key))
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
}

extension Date {
    /// - Parameter milliseconds: Since 1970.
    init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Since 1970; nil for a date too far away to be one.
    var milliseconds: Int? { Int(exactly: (timeIntervalSince1970 * 1000).rounded()) }
}
