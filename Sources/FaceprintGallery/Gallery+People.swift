import Foundation

extension Gallery {
    /// Everybody, sorted by name without regard to case.
    public func people() throws(GalleryError) -> [Person] {
        try store.read { (c) throws(GalleryError) in try StoredPerson.all(in: c).map(\.person) }
    }

    /// Some of the people, in the order of ``people()``, so that a large gallery can be read page by page.
    ///
    /// - Parameters:
    ///   - name: After whom to begin, whether or not somebody is called so; nil for the first page.
    ///   - limit: How many at most; at least 0.
    public func people(after name: String? = nil, limit: Int) throws(GalleryError) -> [Person] {
        let start = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try store.read { (c) throws(GalleryError) in
            try StoredPerson.page(after: start?.key ?? "", limit: max(0, limit), in: c)
        }
    }

    /// The person of that name, in whatever case it is written.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    public func person(named name: String) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try store.read { (c) throws(GalleryError) in try StoredPerson.require(name, in: c).person }
    }

    /// Adds a person without templates, whose photos are still to come.
    ///
    /// - Throws: ``GalleryError/nameTaken(_:)``, ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    @discardableResult
    public func addPerson(_ name: String, by actor: Actor = .commandLine) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try store.write { (c) throws(GalleryError) in
            if let other = try StoredPerson.find(name, in: c) { throw .nameTaken(other.person.name) }
            let version = try StoredState.nextPeopleVersion(in: c)
            return try StoredPerson.add(
                name, created: Date().milliseconds ?? 0, version: version, by: actor, in: c
            ).person
        }
    }

    /// Gives a person another name, or writes the same name otherwise.
    ///
    /// - Parameter merging: Where somebody else has the new name, all templates become theirs, and they get the badge
    ///   if they have none. Their groups stay as they are.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/nameTaken(_:)``,
    ///   ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    public func rename(
        _ name: String, to newName: String, merging: Bool = false, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        let name = try PersonName(name)
        let newName = try PersonName(newName)
        try store.write { (c) throws(GalleryError) in
            let person = try StoredPerson.require(name, in: c)
            guard person.person.name != newName.shown else { return }
            let version = try StoredState.nextPeopleVersion(in: c)
            var detail = ["to": newName.shown]
            if let other = try StoredPerson.find(newName, in: c), other.id != person.id {
                guard merging else { throw .nameTaken(other.person.name) }
                detail = ["to": other.person.name, "merged": "yes"]
                try Self.merge(person, into: other, version: version, in: c)
            } else {
                try c.run(
                    "UPDATE person SET name = ?1, key = ?2, changed = ?3 WHERE id = ?4",
                    .text(newName.shown), .text(newName.key), .integer(version), .integer(person.id))
            }
            try StoredEvent.append(
                [NewEvent(.personRenamed, by: actor, person: person.person.name, detail: detail)], in: c)
        }
    }

    /// The one who stays keeps their name, and their badge if they have one.
    private static func merge(
        _ person: StoredPerson, into other: StoredPerson, version: Int, in connection: any Connection
    ) throws(GalleryError) {
        let badge = try (other.person.badge ?? person.person.badge).map { (badge) throws(GalleryError) in
            try BadgeNumber(badge)
        }
        try connection.run(
            "UPDATE template SET person = ?1, changed = ?2 WHERE person = ?3",
            .integer(other.id), .integer(version), .integer(person.id))
        try connection.run("DELETE FROM person WHERE id = ?1", .integer(person.id))
        try connection.run(
            "UPDATE person SET created = ?1, badge = ?2, badge_key = ?3, changed = ?4 WHERE id = ?5",
            .integer(min(person.person.created, other.person.created).milliseconds), .text(badge?.shown),
            .text(badge?.key), .integer(version), .integer(other.id))
    }
}
