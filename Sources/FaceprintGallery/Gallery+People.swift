import Foundation

extension Gallery {
    /// Everybody, sorted by name without regard to case.
    public func people() throws(GalleryError) -> [Person] {
        try store.read { (c) throws(GalleryError) in
            try StoredPerson.all(sealer: sealerIfUnlocked(in: c), in: c).map(\.person)
        }
    }

    /// How many people and templates there are.
    public func size() throws(GalleryError) -> (people: Int, templates: Int) {
        try store.read { (c) throws(GalleryError) in
            (
                people: try c.number("SELECT count(*) FROM person") ?? 0,
                templates: try c.number("SELECT count(*) FROM template") ?? 0
            )
        }
    }

    /// Some of the people, in the order of ``people()``, so that a large gallery can be read page by page.
    ///
    /// - Parameters:
    ///   - name: After whom to begin, whether or not somebody is called so; nil for the first page.
    ///   - limit: How many at most; at least 0.
    public func people(after name: String? = nil, limit: Int) throws(GalleryError) -> [Person] {
        let start = try name.map { (name) throws(GalleryError) in try PersonName(name) }
        return try store.read { (c) throws(GalleryError) in
            try StoredPerson.page(
                after: start?.key ?? "", limit: max(0, limit), sealer: sealerIfUnlocked(in: c), in: c)
        }
    }

    /// The person of that name, in whatever case it is written.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``.
    public func person(named name: String) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try store.read { (c) throws(GalleryError) in
            try StoredPerson.require(name, sealer: sealerIfUnlocked(in: c), in: c).person
        }
    }

    /// Adds a person without templates, whose photos are still to come.
    ///
    /// - Throws: ``GalleryError/nameTaken(_:)``, ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    @discardableResult
    public func addPerson(_ name: String, by actor: Actor = .commandLine) throws(GalleryError) -> Person {
        let name = try PersonName(name)
        return try store.write { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            if let other = try StoredPerson.find(name, sealer: sealer, in: c) { throw .nameTaken(other.person.name) }
            let version = try StoredState.nextPeopleVersion(in: c)
            return try StoredPerson.add(
                name, created: Date().milliseconds ?? 0, version: version, by: actor, sealer: sealer, in: c
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
            let sealer = try sealer(in: c)
            let person = try StoredPerson.require(name, sealer: sealer, in: c)
            guard person.person.name != newName.shown else { return }
            let version = try StoredState.nextPeopleVersion(in: c)
            var detail = ["to": newName.shown]
            if let other = try StoredPerson.find(newName, sealer: sealer, in: c), other.id != person.id {
                guard merging else { throw .nameTaken(other.person.name) }
                detail = ["to": other.person.name, "merged": "yes"]
                try merge(person, into: other, version: version, sealer: sealer, in: c)
            } else {
                try c.run(
                    "UPDATE person SET name = ?1, key = ?2, changed = ?3 WHERE id = ?4",
                    .text(newName.shown), .text(newName.key), .integer(version), .integer(person.id))
                try StoredPerson.seal(person.id, by: sealer, in: c)
            }
            try StoredEvent.append(
                [NewEvent(.personRenamed, by: actor, person: person.person.name, detail: detail)], in: c)
        }
    }

    /// The one who stays keeps their name, and their badge if they have one.
    private func merge(
        _ person: StoredPerson, into other: StoredPerson, version: Int, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) {
        let badge = try (other.person.badge ?? person.person.badge).map { (badge) throws(GalleryError) in
            try BadgeNumber(badge)
        }
        if let sealer {
            try moveSealedTemplates(of: person, to: other, version: version, sealer: sealer, in: connection)
        } else {
            try connection.run(
                "UPDATE template SET person = ?1, changed = ?2 WHERE person = ?3",
                .integer(other.id), .integer(version), .integer(person.id))
        }
        try connection.run("DELETE FROM person WHERE id = ?1", .integer(person.id))
        try connection.run(
            "UPDATE person SET created = ?1, badge = ?2, badge_key = ?3, changed = ?4 WHERE id = ?5",
            .integer(min(person.person.created, other.person.created).milliseconds), .text(badge?.shown),
            .text(badge?.key), .integer(version), .integer(other.id))
        try StoredPerson.seal(other.id, by: sealer, in: connection)
    }
}
