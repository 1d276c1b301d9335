extension Gallery {
    /// Gives a person a badge number, another one, or none.
    ///
    /// Numbers are compared as names are: without regard to case and white space at the ends.
    ///
    /// - Parameter badge: Up to 64 characters; nil removes the number.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/badgeTaken(person:)``,
    ///   ``GalleryError/invalidBadge(_:reason:)``, or an error of the file.
    public func setBadge(
        _ badge: String?, of name: String, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        let name = try PersonName(name)
        let badge = try badge.map { (badge) throws(GalleryError) in try BadgeNumber(badge) }
        try store.write { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let person = try StoredPerson.require(name, sealer: sealer, in: c)
            guard person.person.badge != badge?.shown else { return }
            if let badge, let owner = try StoredPerson.find(badge, sealer: sealer, in: c), owner.id != person.id {
                throw .badgeTaken(person: owner.person.name)
            }
            let version = try StoredState.nextPeopleVersion(in: c)
            try c.run(
                "UPDATE person SET badge = ?1, badge_key = ?2, changed = ?3 WHERE id = ?4",
                .text(badge?.shown), .text(badge?.key), .integer(version), .integer(person.id))
            try StoredPerson.seal(person.id, by: sealer, in: c)
            var detail: [String: String] = [:]
            detail["from"] = person.person.badge
            detail["to"] = badge?.shown
            try StoredEvent.append(
                [NewEvent(.badgeChanged, by: actor, person: person.person.name, detail: detail)], in: c)
        }
    }

    /// Who carries a badge; nil where nobody does, and for text that can't be a number.
    public func person(withBadge badge: String) throws(GalleryError) -> Person? {
        guard let badge = try? BadgeNumber(badge) else { return nil }
        return try store.read { (c) throws(GalleryError) in
            try StoredPerson.find(badge, sealer: sealerIfUnlocked(in: c), in: c)?.person
        }
    }

    /// Whom somebody claims to be, by the number of their badge or else by their name; nil where that is nobody, and
    /// for text that can be neither.
    public func person(claimed claim: String) throws(GalleryError) -> Person? {
        try store.read { (c) throws(GalleryError) in
            let sealer = try sealerIfUnlocked(in: c)
            if let badge = try? BadgeNumber(claim), let owner = try StoredPerson.find(badge, sealer: sealer, in: c) {
                return owner.person
            }
            guard let name = try? PersonName(claim) else { return nil }
            return try StoredPerson.find(name, sealer: sealer, in: c)?.person
        }
    }

    /// One text for all spellings of a claim that ``person(claimed:)`` takes for the same, to count by.
    public static func folded(claim: String) -> String { (try? PersonName(claim))?.key ?? claim }
}
