import Foundation

extension Gallery {
    /// Looks at every row: whether it holds what it may, refers to what is there, and whether the log is what was
    /// recorded. It changes nothing, and keeps nobody waiting.
    ///
    /// - Parameter photoDefect: What is wrong with a thumbnail that begins like a JPEG file, or nil; what decodes
    ///   pictures can look closer than a gallery does.
    /// - Throws: An error of the store, where it can't be read at all.
    public func inspect(
        photoDefect: @Sendable ([UInt8]) -> String? = { _ in nil }
    ) throws(GalleryError) -> Inspection {
        try store.readApart { (c) throws(GalleryError) in
            var inspector = Inspector(path: location, sealer: try sealer(in: c))
            try inspector.collect { () throws(GalleryError) in try c.structuralDefects() }
            try inspector.state(c)
            try inspector.people(c)
            try inspector.templates(c)
            try inspector.thumbnails(c, photoDefect)
            try inspector.orphans(c)
            try inspector.keys(c)
            try inspector.log(c)
            return inspector.result
        }
    }
}

/// Collects what is wrong.
private struct Inspector {
    let path: String
    let sealer: Sealer?
    private(set) var result = Inspection()
    /// Of the gallery's last change.
    private var version = Int.max

    private static let page = 1000

    init(path: String, sealer: Sealer?) {
        self.path = path
        self.sealer = sealer
    }

    /// Defects, or the damage that keeps them from being found.
    mutating func collect(_ body: () throws(GalleryError) -> [String]) throws(GalleryError) {
        do throws(GalleryError) {
            result.defects += try body()
        } catch {
            guard error.isDamage else { throw error }
            result.defects.append("\(error)")
        }
    }

    private mutating func note(_ defect: String) { result.defects.append(defect) }

    // MARK: What there is once

    mutating func state(_ c: any Connection) throws(GalleryError) {
        let path = path
        try collect { () throws(GalleryError) in
            _ = try StoredState.retention(in: c, path: path)
            _ = try StoredSpace(c, path: path)
            return []
        }
        let row = try c.prepare(
            "SELECT people_version, changes_start, identification_threshold, gallery FROM state")
        guard try row.step() else { return note("the row of the counters is missing") }
        version = row.integer(0)
        if row.integer(1) > version { note("the journal of changes begins after the last change") }
        if let threshold = row.real(2), !(0...2).contains(threshold) {
            note("the threshold of identification is \(threshold)")
        }
        if try c.layoutVersion() > 2, row.bytes(3).count != 16 { note("the gallery has no id") }
        if try row.step() { note("there are several rows of counters") }
    }

    mutating func keys(_ c: any Connection) throws(GalleryError) {
        let path = path
        try collect { () throws(GalleryError) in
            _ = try StoredKey.all(in: c, path: path)
            return []
        }
    }

    mutating func log(_ c: any Connection) throws(GalleryError) {
        do throws(GalleryError) {
            let log = try StoredEvent.verify(in: c, expectedHead: nil)
            result.events = log.count
            result.logStart = log.start
        } catch {
            guard error.isDamage else { throw error }
            note("\(error)")
        }
    }

    // MARK: Row by row

    mutating func people(_ c: any Connection) throws(GalleryError) {
        var last = 0
        while true {
            let rows = try c.prepare(
                """
                SELECT id, uuid, name, key, created, badge, badge_key, changed, seal FROM person
                WHERE id > ?1 ORDER BY id LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var count = 0
            while try rows.step() {
                count += 1
                last = rows.integer(0)
                result.people += 1
                for defect in defects(ofPerson: rows) {
                    note("\(GalleryError.damagedPerson(id: last, reason: defect))")
                }
                if let sealer {
                    let person = PersonRow(rows, groups: try StoredGroup.all(of: last, in: c))
                    try collect { () throws(GalleryError) in
                        try sealer.check(person)
                        return []
                    }
                }
            }
            if count < Self.page { break }
        }
        try groups(c)
    }

    private func defects(ofPerson row: any Statement) -> [String] {
        var defects: [String] = []
        // An earlier version has none.
        if !row.isNull(1), row.bytes(1).count != 16 { defects.append("the id has \(row.bytes(1).count) bytes") }
        defects += Self.defects(of: "name", row.text(2), key: row.text(3))
        if !row.isNull(5) {
            defects += Self.defects(of: "badge", row.text(5), key: row.text(6))
            let length = row.text(5).unicodeScalars.count
            if length > BadgeNumber.limit { defects.append("the badge has \(length) characters") }
        } else if !row.isNull(6) {
            defects.append("there is a key of a badge, and no badge")
        }
        if !StoredDate.allowed.contains(Date(milliseconds: row.integer(4))) { defects.append("the date is none") }
        if row.integer(7) > version { defects.append("it was changed later than the gallery") }
        return defects
    }

    /// What is wrong with a name and the key that it is found by.
    private static func defects(of what: String, _ text: String, key: String) -> [String] {
        if let defect = PersonName.defect(of: text) { return ["the \(what) can't be shown: \(defect)"] }
        guard let name = try? PersonName(text), name.shown == text, name.key == key else {
            return ["the \(what) \(text.quoted) can't be found by it"]
        }
        return []
    }

    private mutating func groups(_ c: any Connection) throws(GalleryError) {
        var last: (person: Int, key: String) = (0, "")
        while true {
            let rows = try c.prepare(
                """
                SELECT person, key, name FROM membership WHERE (person, key) > (?1, ?2)
                ORDER BY person, key LIMIT ?3
                """,
                .integer(last.person), .text(last.key), .integer(Self.page))
            var count = 0
            while try rows.step() {
                count += 1
                last = (rows.integer(0), rows.text(1))
                for defect in Self.defects(of: "group", rows.text(2), key: last.key) {
                    note("\(GalleryError.damagedPerson(id: last.person, reason: defect))")
                }
            }
            if count < Self.page { return }
        }
    }

    mutating func templates(_ c: any Connection) throws(GalleryError) {
        let space = try? StoredSpace(c, path: path)
        var last = 0
        while true {
            let rows = try c.prepare(
                """
                SELECT template.id, template.uuid, photo_sha256, template.created, quality, expires, space,
                    template.changed, embedding, jpeg, person.uuid, person.id, name
                FROM template LEFT JOIN person ON person.id = person
                    LEFT JOIN thumbnail ON thumbnail.template = template.id
                WHERE template.id > ?1 ORDER BY template.id LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var count = 0
            while try rows.step() {
                count += 1
                last = rows.integer(0)
                result.templates += 1
                let defects = try defects(ofTemplate: rows, space: space)
                let person = rows.text(12).printable(limit: PersonName.limit)
                for defect in defects {
                    note("\(GalleryError.damagedTemplate(id: last, person: person, reason: defect))")
                }
            }
            if count < Self.page { break }
        }
        if space == nil, result.templates > 0 { note("there are templates, and no model that encoded them") }
    }

    private func defects(ofTemplate row: any Statement, space: StoredSpace?) throws(GalleryError) -> [String] {
        var defects: [String] = []
        if row.isNull(11) { defects.append("its person is missing") }
        if row.bytes(2).count != 32 { defects.append("its photo's SHA-256 has \(row.bytes(2).count) bytes") }
        for column in [3, 5] as [Int32] where !row.isNull(column) {
            if !StoredDate.allowed.contains(Date(milliseconds: row.integer(column))) {
                defects.append("one of its dates is none")
            }
        }
        if row.integer(7) > version { defects.append("it was changed later than the gallery") }
        guard let space, !row.isNull(11) else { return defects }
        do throws(GalleryError) {
            _ = try StoredTemplate.template(row, of: row.text(12), space: space, sealer: sealer)
        } catch .damagedTemplate(_, _, let reason) {
            defects.append(reason)
        } catch .damagedPerson {
            // Noted with the person.
        }
        return defects
    }

    mutating func thumbnails(
        _ c: any Connection, _ photoDefect: @Sendable ([UInt8]) -> String?
    ) throws(GalleryError) {
        var last = 0
        while true {
            let rows = try c.prepare(
                """
                SELECT thumbnail.template, template.uuid, jpeg, template.id
                FROM thumbnail LEFT JOIN template ON template.id = thumbnail.template
                WHERE thumbnail.template > ?1 ORDER BY thumbnail.template LIMIT ?2
                """,
                .integer(last), .integer(Self.page))
            var count = 0
            while try rows.step() {
                count += 1
                last = rows.integer(0)
                result.thumbnails += 1
                if rows.isNull(3) { note("the thumbnail of template number \(last) has lost its template") }
                var jpeg = Array(rows.bytes(2))
                if let sealer {
                    // One that doesn't open is noted with its template.
                    guard let plain = sealer.open(thumbnail: rows.bytes(2), of: last, uuid: Array(rows.bytes(1))) else {
                        continue
                    }
                    jpeg = plain
                }
                if let defect = NewTemplate.defect(ofThumbnail: jpeg) ?? photoDefect(jpeg) {
                    note("the thumbnail of template number \(last) is damaged: \(defect.printable(limit: 200))")
                }
            }
            if count < Self.page { return }
        }
    }

    mutating func orphans(_ c: any Connection) throws(GalleryError) {
        for (statement, what) in [
            (
                "SELECT count(*) FROM membership WHERE person NOT IN (SELECT id FROM person)",
                "memberships of groups whose person is missing"
            ),
            ("SELECT count(*) FROM session WHERE key NOT IN (SELECT id FROM key)", "sessions whose key is missing"),
            (
                """
                SELECT count(*) FROM removal
                WHERE template IN (SELECT id FROM template WHERE template.changed < removal.version)
                """, "templates that are said to be removed"
            ),
        ] as [(StaticString, String)] {
            if let count = try c.number(statement), count > 0 { note("there are \(count) \(what)") }
        }
    }
}

extension GalleryError {
    /// Whether it says that what is stored is damaged, rather than that it can't be read.
    fileprivate var isDamage: Bool {
        switch self {
        case .damaged, .damagedPerson, .damagedTemplate, .damagedEvent, .logBroken: true
        default: false
        }
    }
}
