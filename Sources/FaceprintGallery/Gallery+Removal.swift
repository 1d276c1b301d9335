import Foundation

// What is removed is overwritten in the file, and the write-ahead log is emptied. Where the disk fails after a removal
// was stored, what was removed is gone, and only the emptying is left to the next removal.
extension Gallery {
    /// Erases a person with all their templates, thumbnails and their badge, from the file's free space too.
    ///
    /// With the last template the gallery's space is freed, so that another model may be used.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the file. Where the disk fails after the
    ///   removal was stored, the person is gone and only the emptying of the write-ahead log is left to the next
    ///   removal.
    public func remove(_ name: String, by actor: Actor = .commandLine) throws(GalleryError) {
        let name = try PersonName(name)
        try removing { (c) throws(GalleryError) in
            try Self.erase(try StoredPerson.require(name, in: c), by: actor, in: c)
        }
    }

    /// Erases everybody.
    ///
    /// - Returns: How many people there were.
    @discardableResult
    public func removeAll(by actor: Actor = .commandLine) throws(GalleryError) -> Int {
        try removing { (c) throws(GalleryError) in
            let people = try StoredPerson.all(in: c)
            for person in people { try Self.erase(person, by: actor, in: c) }
            return people.count
        }
    }

    /// Erases a template and its thumbnail. The person stays, with no template if it was the last.
    ///
    /// - Returns: What was erased.
    /// - Throws: ``GalleryError/noSuchTemplate(_:)``, or an error of the file.
    @discardableResult
    public func removeTemplate(
        _ id: UUID, by actor: Actor = .commandLine
    ) throws(GalleryError) -> TemplateEntry {
        try removing { (c) throws(GalleryError) in
            let row = try c.prepare(
                """
                SELECT template.id, uuid, person.id, name, quality, template.created
                FROM template JOIN person ON person.id = person WHERE uuid = ?
                """,
                StoredTemplate.value(of: id))
            guard try row.step() else { throw .noSuchTemplate(id) }
            let entry = try StoredTemplate.entry(row)
            try Self.erase([(entry, row.integer(0))], by: actor, in: c)
            return entry
        }
    }

    /// Erases the templates of a person, who stays.
    ///
    /// - Parameter name: nil for everybody's.
    /// - Returns: How many there were.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the file.
    @discardableResult
    public func removeTemplates(of name: String?, by actor: Actor = .commandLine) throws(GalleryError) -> Int {
        let name = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try removing { (c) throws(GalleryError) in
            let people =
                if let name { [try StoredPerson.require(name, in: c)] } else { try StoredPerson.all(in: c) }
            var count = 0
            for person in people {
                let templates = try Self.templates(of: person, in: c)
                try Self.erase(templates, by: actor, in: c)
                count += templates.count
            }
            return count
        }
    }

    /// A change that removes something.
    private func removing<Value: Sendable>(
        _ body: @Sendable (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        let result = try write { (c) throws(GalleryError) in
            let result = try body(c)
            try c.run("DELETE FROM space WHERE NOT EXISTS (SELECT 1 FROM template)")
            try StoredState.peopleChanged(in: c)
            return result
        }
        try emptyWriteAheadLog()
        return result
    }

    private static func templates(
        of person: StoredPerson, in connection: borrowing Connection
    ) throws(GalleryError) -> [(entry: TemplateEntry, row: Int)] {
        let rows = try connection.prepare(
            """
            SELECT template.id, uuid, person.id, name, quality, template.created
            FROM template JOIN person ON person.id = person WHERE person = ? ORDER BY template.id
            """,
            .integer(person.id))
        var result: [(TemplateEntry, Int)] = []
        while try rows.step() { result.append((try StoredTemplate.entry(rows), rows.integer(0))) }
        return result
    }

    private static func erase(
        _ templates: [(entry: TemplateEntry, row: Int)], by actor: Actor, in connection: borrowing Connection
    ) throws(GalleryError) {
        for template in templates {
            try connection.run("DELETE FROM template WHERE id = ?", .integer(template.row))
        }
        let events = templates.map {
            NewEvent(
                .templateRemoved, by: actor, person: $0.entry.person,
                detail: ["id": $0.entry.id.uuidString.lowercased()])
        }
        try StoredEvent.append(events, in: connection)
    }

    private static func erase(
        _ person: StoredPerson, by actor: Actor, in connection: borrowing Connection
    ) throws(GalleryError) {
        try connection.run("DELETE FROM person WHERE id = ?", .integer(person.id))
        let event = NewEvent(
            .personRemoved, by: actor, person: person.person.name,
            detail: ["templates": "\(person.person.templateCount)"])
        try StoredEvent.append([event], in: connection)
    }
}
