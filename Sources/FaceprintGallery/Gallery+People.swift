import Foundation

extension Gallery {
    /// Everybody, sorted by name without regard to case.
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

    /// Adds a person without templates, whose photos are still to come.
    ///
    /// - Throws: ``GalleryError/nameTaken(_:)``, ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    @discardableResult
    public func addPerson(_ name: String, by actor: Actor = .commandLine) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try write { (c) throws(GalleryError) in
            if let other = try StoredPerson.find(name, in: c) { throw .nameTaken(other.person.name) }
            let person = try StoredPerson.add(name, created: Date().milliseconds ?? 0, by: actor, in: c)
            try StoredState.peopleChanged(in: c)
            return person.person
        }
    }

    /// Gives a person another name, or writes the same name otherwise.
    ///
    /// - Parameter merging: Where somebody else has the new name, all templates become theirs, and they get the badge
    ///   if they have none.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/nameTaken(_:)``,
    ///   ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    public func rename(
        _ name: String, to newName: String, merging: Bool = false, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        let name = try PersonName(name)
        let newName = try PersonName(newName)
        try write { (c) throws(GalleryError) in
            let person = try StoredPerson.require(name, in: c)
            guard person.person.name != newName.shown else { return }
            var detail = ["to": newName.shown]
            if let other = try StoredPerson.find(newName, in: c), other.id != person.id {
                guard merging else { throw .nameTaken(other.person.name) }
                detail = ["to": other.person.name, "merged": "yes"]
                try Self.merge(person, into: other, in: c)
            } else {
                try c.run(
                    "UPDATE person SET name = ?, key = ? WHERE id = ?",
                    .text(newName.shown), .text(newName.key), .integer(person.id))
            }
            try StoredState.peopleChanged(in: c)
            try StoredEvent.append(
                [NewEvent(.personRenamed, by: actor, person: person.person.name, detail: detail)], in: c)
        }
    }

    /// The one who stays keeps their name, and their badge if they have one.
    private static func merge(
        _ person: StoredPerson, into other: StoredPerson, in connection: borrowing Connection
    ) throws(GalleryError) {
        let badge = try (other.person.badge ?? person.person.badge).map { (badge) throws(GalleryError) in
            try BadgeNumber(badge)
        }
        try connection.run(
            "UPDATE template SET person = ? WHERE person = ?", .integer(other.id), .integer(person.id))
        try connection.run("DELETE FROM person WHERE id = ?", .integer(person.id))
        try connection.run(
            "UPDATE person SET created = min(created, ?), badge = ?, badge_key = ? WHERE id = ?",
            .integer(person.person.created.milliseconds ?? 0), .text(badge?.shown), .text(badge?.key),
            .integer(other.id))
    }
}
