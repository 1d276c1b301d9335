import Foundation

/// What came of a person who was to be added.
struct AddedPerson {
    var isNew = false
    /// What couldn't be taken over, as it contradicts the gallery.
    var conflicts: [GalleryError] = []
}

extension Gallery {
    /// Adds people with their badges and groups, in one transaction. Whoever is there gets what they lack.
    func add(_ people: [ExportedPerson], by actor: Actor) throws(GalleryError) -> [AddedPerson] {
        try store.write { (c) throws(GalleryError) in
            var version: Int?
            let sealer = try sealer(in: c)
            var results: [AddedPerson] = []
            for person in people {
                results.append(try add(person, version: &version, by: actor, sealer: sealer, in: c))
            }
            return results
        }
    }

    /// - Parameter version: Of the people, with this transaction's changes; nil as long as there are none.
    private func add(
        _ line: ExportedPerson, version: inout Int?, by actor: Actor, sealer: Sealer?, in connection: any Connection
    ) throws(GalleryError) -> AddedPerson {
        var result = AddedPerson()
        let new: CheckedPerson
        do throws(GalleryError) { new = try CheckedPerson(line) } catch {
            result.conflicts.append(error)
            return result
        }
        let found = try StoredPerson.find(new.name, sealer: sealer, in: connection)
        let present = found?.person
        let known = Set((present?.groups ?? []).map { PersonName.key(of: $0) })
        let missing = new.groups.filter { !known.contains($0.key) }
        var badge = new.badge
        if let number = badge, let owner = try StoredPerson.find(number, sealer: sealer, in: connection) {
            if owner.id != found?.id { result.conflicts.append(.badgeTaken(person: owner.person.name)) }
            badge = nil
        } else if badge != nil, let other = present?.badge {
            result.conflicts.append(.invalidBadge(line.badge ?? "", reason: "this person has badge \(other.quoted)"))
            badge = nil
        }
        guard found == nil || badge != nil || !missing.isEmpty else { return result }
        let change = if let version { version } else { try StoredState.nextPeopleVersion(in: connection) }
        version = change
        let person =
            if let found { found } else {
                try StoredPerson.add(
                    new.name, created: new.created, version: change, by: actor, sealer: sealer, in: connection)
            }
        result.isNew = found == nil
        try store(badge, of: person, version: change, by: actor, in: connection)
        try store(missing, of: person, version: change, by: actor, in: connection)
        try StoredPerson.seal(person.id, by: sealer, in: connection)
        return result
    }

    private func store(
        _ badge: BadgeNumber?, of person: StoredPerson, version: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        guard let badge else { return }
        try connection.run(
            "UPDATE person SET badge = ?1, badge_key = ?2, changed = ?3 WHERE id = ?4",
            .text(badge.shown), .text(badge.key), .integer(version), .integer(person.id))
        try StoredEvent.append(
            [NewEvent(.badgeChanged, by: actor, person: person.person.name, detail: ["to": badge.shown])],
            in: connection)
    }

    private func store(
        _ missing: [PersonName], of person: StoredPerson, version: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        guard !missing.isEmpty else { return }
        for group in missing {
            try connection.run(
                "INSERT INTO membership (person, name, key) VALUES (?1, ?2, ?3)",
                .integer(person.id), .text(group.shown), .text(group.key))
        }
        try connection.run(
            "UPDATE person SET changed = ?1 WHERE id = ?2", .integer(version), .integer(person.id))
        let detail = [
            "from": person.person.groups.joined(separator: ", "),
            "to": try StoredGroup.all(of: person.id, in: connection).map(\.name).joined(separator: ", "),
        ].filter { !$0.value.isEmpty }
        try StoredEvent.append(
            [NewEvent(.groupsChanged, by: actor, person: person.person.name, detail: detail)], in: connection)
    }
}

/// A person of an export, checked.
private struct CheckedPerson {
    let name: PersonName
    /// In milliseconds since 1970.
    let created: Int
    let badge: BadgeNumber?
    /// Each once.
    let groups: [PersonName]

    init(_ line: ExportedPerson) throws(GalleryError) {
        name = try PersonName(line.name)
        guard let created = line.created.milliseconds else {
            throw .invalidName(line.name, reason: "this person's date can't be stored")
        }
        self.created = created
        badge = try line.badge.map { (badge) throws(GalleryError) in try BadgeNumber(badge) }
        groups = try Gallery.distinct(line.groups ?? [])
    }
}
