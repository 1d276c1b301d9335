/// Everything that a gallery holds about one person.
public struct SubjectRecord: Sendable {
    public let person: Person
    /// With their thumbnails, the first enrolled first.
    public let templates: [Template]
    /// The names that this person had before, by the log.
    public let earlierNames: [String]
    /// All events that concern the person, under any of the names, the oldest first.
    public let events: [Event]
}

extension Gallery {
    /// Collects everything that is stored about a person, for whoever has a right to know, and records that it was
    /// handed out where the gallery may be written.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, or what ``templates(of:)`` and ``events(_:)`` throw.
    public func subjectRecord(of name: String, by actor: Actor = .commandLine) throws(GalleryError) -> SubjectRecord {
        let person = try person(named: name)
        try recordIfWritable([NewEvent(.personExported, by: actor, person: person.name)])
        let names = try earlierNames(of: person.name)
        var events: [Event] = []
        for name in [person.name] + names {
            events += try self.events(EventFilter(person: name, limit: .max))
        }
        return SubjectRecord(
            person: person, templates: try templates(of: person.name), earlierNames: names,
            events: events.sorted { $0.sequence < $1.sequence })
    }

    /// Follows the renames back, also those that merged two people.
    private func earlierNames(of name: String) throws(GalleryError) -> [String] {
        let renames = try events(EventFilter(kinds: [.personRenamed], limit: .max))
        var known = [PersonName.key(of: name)]
        var result: [String] = []
        // The newest first: whoever became a name did so before that name became another.
        for rename in renames {
            guard let to = rename.detail["to"], let from = rename.person, known.contains(PersonName.key(of: to)),
                !known.contains(PersonName.key(of: from))
            else { continue }
            known.append(PersonName.key(of: from))
            result.append(from)
        }
        return result
    }
}
