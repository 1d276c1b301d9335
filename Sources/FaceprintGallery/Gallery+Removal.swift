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
    public func remove(_ name: String) throws(GalleryError) {
        let name = try PersonName(name)
        try removing { (c) throws(GalleryError) in try Self.erase(try StoredPerson.require(name, in: c), in: c) }
    }

    /// Erases everybody.
    ///
    /// - Returns: How many people there were.
    @discardableResult
    public func removeAll() throws(GalleryError) -> Int {
        try removing { (c) throws(GalleryError) in
            let people = try StoredPerson.all(in: c)
            for person in people { try Self.erase(person, in: c) }
            return people.count
        }
    }

    /// Erases a template and its thumbnail. The person stays, with no template if it was the last.
    ///
    /// - Returns: What was erased.
    /// - Throws: ``GalleryError/noSuchTemplate(_:)``, or an error of the file.
    @discardableResult
    public func removeTemplate(_ id: UUID) throws(GalleryError) -> TemplateEntry {
        try removing { (c) throws(GalleryError) in
            let row = try c.prepare(
                """
                SELECT template.id, uuid, person.id, name, quality, template.created
                FROM template JOIN person ON person.id = person WHERE uuid = ?
                """,
                StoredTemplate.value(of: id))
            guard try row.step() else { throw .noSuchTemplate(id) }
            let entry = try StoredTemplate.entry(row)
            try c.run("DELETE FROM template WHERE id = ?", .integer(row.integer(0)))
            return entry
        }
    }

    /// Erases the templates of a person, who stays.
    ///
    /// - Parameter name: nil for everybody's.
    /// - Returns: How many there were.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the file.
    @discardableResult
    public func removeTemplates(of name: String?) throws(GalleryError) -> Int {
        let name = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try removing { (c) throws(GalleryError) in
            let people =
                if let name { [try StoredPerson.require(name, in: c)] } else { try StoredPerson.all(in: c) }
            for person in people { try c.run("DELETE FROM template WHERE person = ?", .integer(person.id)) }
            return people.reduce(0) { $0 + $1.person.templateCount }
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

    private static func erase(_ person: StoredPerson, in connection: borrowing Connection) throws(GalleryError) {
        try connection.run("DELETE FROM person WHERE id = ?", .integer(person.id))
    }
}
