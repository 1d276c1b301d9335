extension Gallery {
    /// Says which groups a person is in, such as those whom a door lets in.
    ///
    /// Groups are named and compared as people are. A group is there as long as somebody is in it.
    ///
    /// - Parameter groups: All of them; none takes the person out of every group.
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/invalidName(_:reason:)``, or an error of the
    ///   store.
    public func setGroups(
        _ groups: [String], of name: String, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        let name = try PersonName(name)
        let groups = try Self.distinct(groups)
        try store.write { (c) throws(GalleryError) in
            let sealer = try sealer(in: c)
            let person = try StoredPerson.require(name, sealer: sealer, in: c)
            let shown = groups.map(\.shown)
            guard person.person.groups != shown else { return }
            let version = try StoredState.nextPeopleVersion(in: c)
            try StoredGroup.store(groups, of: person.id, in: c)
            try c.run("UPDATE person SET changed = ?1 WHERE id = ?2", .integer(version), .integer(person.id))
            try StoredPerson.seal(person.id, by: sealer, in: c)
            let detail = [
                "from": person.person.groups.joined(separator: ", "), "to": shown.joined(separator: ", "),
            ].filter { !$0.value.isEmpty }
            try StoredEvent.append(
                [NewEvent(.groupsChanged, by: actor, person: person.person.name, detail: detail)], in: c)
        }
    }

    /// Sorted, each once.
    static func distinct(_ groups: [String]) throws(GalleryError) -> [PersonName] {
        var byKey: [String: PersonName] = [:]
        for group in groups {
            let name = try PersonName(group)
            byKey[name.key] = byKey[name.key] ?? name
        }
        return byKey.values.sorted { $0.key < $1.key }
    }
}
