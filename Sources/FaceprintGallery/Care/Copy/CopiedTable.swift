/// A table of a gallery, as it is copied row by row from one store to another.
struct CopiedTable {
    enum Column {
        case integer, real, text, blob
        /// 16 bytes; new ones where there are none, as in a gallery of an earlier version.
        case id
    }

    /// Reads the rows after a key, in its order: the key is the first parameters, the number of rows the last.
    let select: StaticString
    let insert: StaticString
    let columns: [Column]
    /// Which columns are the key.
    let key: [Int]
    /// Before all keys.
    let start: [SQLValue]

    private init(
        _ select: StaticString, _ insert: StaticString, _ columns: [Column], key: [Int], start: [SQLValue]
    ) {
        self.select = select
        self.insert = insert
        self.columns = columns
        self.key = key
        self.start = start
    }

    /// All but the row of counters and settings, which every gallery has. A table stands after those that it refers to.
    static let all: [CopiedTable] = [
        CopiedTable(
            """
            SELECT id, model, model_sha256, profile, dimension FROM space WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            "INSERT INTO space (id, model, model_sha256, profile, dimension) VALUES (?1, ?2, ?3, ?4, ?5)",
            [.integer, .text, .text, .text, .integer], key: [0], start: [.integer(.min)]),
        CopiedTable(
            """
            SELECT id, uuid, name, key, created, badge, badge_key, changed, seal FROM person
            WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            """
            INSERT INTO person (id, uuid, name, key, created, badge, badge_key, changed, seal)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            [.integer, .id, .text, .text, .integer, .text, .text, .integer, .blob], key: [0],
            start: [.integer(.min)]),
        CopiedTable(
            """
            SELECT person, key, name FROM membership WHERE (person, key) > (?1, ?2) ORDER BY person, key LIMIT ?3
            """,
            "INSERT INTO membership (person, key, name) VALUES (?1, ?2, ?3)",
            [.integer, .text, .text], key: [0, 1], start: [.integer(.min), .text("")]),
        CopiedTable(
            """
            SELECT id, person, space, embedding, photo_sha256, created, uuid, quality, expires, changed FROM template
            WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            """
            INSERT INTO template
                (id, person, space, embedding, photo_sha256, created, uuid, quality, expires, changed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """,
            [.integer, .integer, .integer, .blob, .blob, .integer, .blob, .real, .integer, .integer], key: [0],
            start: [.integer(.min)]),
        CopiedTable(
            "SELECT template, jpeg FROM thumbnail WHERE template > ?1 ORDER BY template LIMIT ?2",
            "INSERT INTO thumbnail (template, jpeg) VALUES (?1, ?2)", [.integer, .blob], key: [0],
            start: [.integer(.min)]),
        CopiedTable(
            """
            SELECT version, template FROM removal WHERE (version, template) > (?1, ?2)
            ORDER BY version, template LIMIT ?3
            """,
            "INSERT INTO removal (version, template) VALUES (?1, ?2)", [.integer, .integer], key: [0, 1],
            start: [.integer(.min), .integer(.min)]),
        CopiedTable(
            """
            SELECT sequence, time, kind, actor, person, person_key, detail, hash FROM event
            WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
            """,
            """
            INSERT INTO event (sequence, time, kind, actor, person, person_key, detail, hash)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            [.integer, .integer, .text, .text, .text, .text, .text, .blob], key: [0], start: [.integer(.min)]),
        CopiedTable(
            """
            SELECT id, name, name_key, scopes, hash, created FROM key WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            "INSERT INTO key (id, name, name_key, scopes, hash, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            [.text, .text, .text, .text, .text, .integer], key: [0], start: [.text("")]),
        CopiedTable(
            """
            SELECT token_sha256, key, expires FROM session WHERE token_sha256 > ?1 ORDER BY token_sha256 LIMIT ?2
            """,
            "INSERT INTO session (token_sha256, key, expires) VALUES (?1, ?2, ?3)", [.blob, .text, .integer],
            key: [0], start: [.blob([])]),
        CopiedTable(
            """
            SELECT id, key_id, wrapped, salt, passes, memory FROM sealing WHERE id > ?1 ORDER BY id LIMIT ?2
            """,
            "INSERT INTO sealing (id, key_id, wrapped, salt, passes, memory) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            [.integer, .blob, .blob, .blob, .integer, .integer], key: [0], start: [.integer(.min)]),
    ]

    /// Copies all rows, in bounded memory.
    func copy(from source: any Connection, to target: any Connection) throws(GalleryError) {
        let page = 1000
        var last = start
        while true {
            let rows = try source.prepare(select, last + [.integer(page)])
            var count = 0
            while try rows.step() {
                count += 1
                let values = columns.indices.map { value(of: rows, $0) }
                let statement = try target.prepare(insert, values)
                while try statement.step() {}
                last = key.map { values[$0] }
            }
            if count < page { return }
        }
    }

    private func value(of row: any Statement, _ index: Int) -> SQLValue {
        let column = Int32(index)
        let isNull = row.isNull(column)
        switch columns[index] {
        case .integer: return .integer(isNull ? nil : row.integer(column))
        case .real: return .real(row.real(column))
        case .text: return .text(isNull ? nil : row.text(column))
        case .blob: return .blob(isNull ? nil : Array(row.bytes(column)))
        case .id: return .blob(isNull ? Sodium.randomBytes(16) : Array(row.bytes(column)))
        }
    }
}
