import Foundation

extension Gallery {
    /// Everybody who is enrolled, sorted by name without regard to case.
    public func people() throws(GalleryError) -> [Person] {
        try read { (c) throws(GalleryError) in try StoredPerson.all(in: c).map(\.person) }
    }

    /// The person of that name, in whatever case it is written.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    public func person(named name: String) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try read { (c) throws(GalleryError) in try StoredPerson.require(name, in: c).person }
    }

    /// Gives a person another name, or writes the same name otherwise.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/nameTaken(_:)``,
    ///   ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    public func rename(_ name: String, to newName: String) throws(GalleryError) {
        let name = try PersonName(name)
        let newName = try PersonName(newName)
        try write { (c) throws(GalleryError) in
            let person = try StoredPerson.require(name, in: c)
            if let other = try StoredPerson.find(newName, in: c), other.id != person.id {
                throw .nameTaken(other.person.name)
            }
            try c.run(
                "UPDATE person SET name = ?, key = ? WHERE id = ?",
                .text(newName.shown), .text(newName.key), .integer(person.id))
        }
    }

    /// Erases a person and all their templates, from the file's free space too.
    ///
    /// With the last person the gallery's space is freed, so that another model may be used.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or an error of the file. Where the disk fails after the
    ///   removal was stored, the person is gone and only the erasing of the log is left to the next removal.
    public func remove(_ name: String) throws(GalleryError) {
        let name = try PersonName(name)
        try write { (c) throws(GalleryError) in
            let person = try StoredPerson.require(name, in: c)
            try c.run("DELETE FROM person WHERE id = ?", .integer(person.id))
            try c.run("DELETE FROM space WHERE NOT EXISTS (SELECT 1 FROM template)")
        }
        try emptyLog()
    }
}
