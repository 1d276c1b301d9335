import Foundation

// What is removed is erased from the store's free space too. Where the disk fails after a removal was stored, what was
// removed is gone, and only that is left to the next removal or `eraseTraces()`. Rows are taken as they are, whoever altered them: what is
// damaged can be removed, and a sealed gallery's key isn't needed.
extension Gallery {
    /// Erases a person with all their templates, thumbnails and their badge, from free space too.
    ///
    /// With the last template the gallery's space is freed, so that another model may be used.
    ///
    /// - Returns: Whether nothing is left of them; false where a reader was in the way, and in galleries of more than
    ///   256 MiB, until they are rewritten by ``compact()``.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the store. Where the disk fails after the
    ///   removal was stored, the person is gone and only the erasing from free space is left to the next removal.
    @discardableResult
    public func remove(_ name: String, by actor: Actor = .commandLine) throws(GalleryError) -> Bool {
        try remove([name], by: actor)
    }

    /// Erases several people, all or none: see ``remove(_:by:)``.
    @discardableResult
    public func remove(_ names: [String], by actor: Actor = .commandLine) throws(GalleryError) -> Bool {
        let names = try names.map { (name) throws(GalleryError) in try PersonName(name) }
        return try removing { (c, version) throws(GalleryError) in
            for name in names {
                try Self.erase(try StoredPerson.require(name, sealer: nil, in: c), version: version, by: actor, in: c)
            }
        }.isErased
    }

    /// Writes the gallery anew, without what was removed and the space that it took. Other writers wait meanwhile.
    ///
    /// - Returns: Whether nothing is left of what was removed; false where a reader was in the way.
    @discardableResult
    public func compact() throws(GalleryError) -> Bool { try store.erase(always: true) { (_) in }.isErased }

    /// Erases from free space what is left there of removals that found readers in the way. To be called now and then
    /// while a gallery is in use; it is cheap where nothing is left.
    ///
    /// - Returns: As ``remove(_:by:)`` does.
    @discardableResult
    public func eraseTraces() throws(GalleryError) -> Bool { try store.eraseTraces(always: false) }

    /// Erases everybody.
    ///
    /// - Returns: How many people there were.
    @discardableResult
    public func removeAll(by actor: Actor = .commandLine) throws(GalleryError) -> Int {
        try removing { (c, version) throws(GalleryError) in
            let people = try StoredPerson.all(sealer: nil, in: c)
            for person in people { try Self.erase(person, version: version, by: actor, in: c) }
            return people.count
        }.value
    }

    /// Erases a template and its thumbnail. The person stays, with no template if it was the last.
    ///
    /// - Returns: What was erased.
    /// - Throws: ``GalleryError/noSuchTemplate(_:)``, or an error of the file.
    @discardableResult
    public func removeTemplate(
        _ id: UUID, by actor: Actor = .commandLine
    ) throws(GalleryError) -> TemplateEntry {
        try removing { (c, version) throws(GalleryError) in
            let row = try c.prepare(
                """
                SELECT template.id, template.uuid, person.id, name, quality, template.created
                FROM template JOIN person ON person.id = person WHERE template.uuid = ?1
                """,
                StoredTemplate.value(of: id))
            guard try row.step() else { throw .noSuchTemplate(id) }
            let entry = try StoredTemplate.entry(row)
            try Self.erase([(entry, row.integer(0))], version: version, by: actor, in: c)
            return entry
        }.value
    }

    /// Erases the templates of a person, who stays.
    ///
    /// - Parameter name: nil for everybody's.
    /// - Returns: How many there were.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the file.
    @discardableResult
    public func removeTemplates(of name: String?, by actor: Actor = .commandLine) throws(GalleryError) -> Int {
        let name = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try removing { (c, version) throws(GalleryError) in
            let people =
                if let name { [try StoredPerson.require(name, sealer: nil, in: c)] } else {
                    try StoredPerson.all(sealer: nil, in: c)
                }
            var count = 0
            for person in people {
                let templates = try Self.templates(of: person, in: c)
                try Self.erase(templates, version: version, by: actor, in: c)
                count += templates.count
            }
            return count
        }.value
    }

    /// A change that removes something.
    private func removing<Value: Sendable>(
        _ body: @Sendable (any Connection, _ version: Int) throws(GalleryError) -> Value
    ) throws(GalleryError) -> (value: Value, isErased: Bool) {
        try store.erase { (c) throws(GalleryError) in
            let version = try StoredState.nextPeopleVersion(in: c)
            let result = try body(c, version)
            try c.run("DELETE FROM space WHERE NOT EXISTS (SELECT 1 FROM template)")
            try StoredRemoval.prune(version: version, in: c)
            return result
        }
    }

    static func templates(
        of person: StoredPerson, in connection: any Connection
    ) throws(GalleryError) -> [(entry: TemplateEntry, row: Int)] {
        let rows = try connection.prepare(
            """
            SELECT template.id, template.uuid, person.id, name, quality, template.created
            FROM template JOIN person ON person.id = person WHERE person = ?1 ORDER BY template.id
            """,
            .integer(person.id))
        var result: [(TemplateEntry, Int)] = []
        while try rows.step() { result.append((try StoredTemplate.entry(rows), rows.integer(0))) }
        return result
    }

    /// - Parameter kind: What to record.
    static func erase(
        _ templates: [(entry: TemplateEntry, row: Int)], as kind: Event.Kind = .templateRemoved, version: Int,
        by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        for template in templates {
            try StoredRemoval.note(template: template.row, version: version, in: connection)
            try connection.run("DELETE FROM template WHERE id = ?1", .integer(template.row))
        }
        let events = templates.map {
            NewEvent(
                kind, by: actor, person: $0.entry.person,
                detail: ["id": $0.entry.id.uuidString.lowercased()])
        }
        try StoredEvent.append(events, in: connection)
    }

    static func erase(
        _ person: StoredPerson, version: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        try StoredRemoval.noteTemplates(of: person.id, version: version, in: connection)
        try connection.run("DELETE FROM person WHERE id = ?1", .integer(person.id))
        let event = NewEvent(
            .personRemoved, by: actor, person: person.person.name,
            detail: ["templates": "\(person.person.templateCount)"])
        try StoredEvent.append([event], in: connection)
    }
}
