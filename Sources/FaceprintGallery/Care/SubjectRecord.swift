/// Everything that a gallery holds about one person.
public struct SubjectRecord: Sendable {
    public let person: Person
    /// With their thumbnails, the first enrolled first.
    public let templates: [Template]
    /// The names that this person had before, by the log.
    public let earlierNames: [String]
    /// All events that concern the person, under each of the names as long as it was theirs, the oldest first.
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
        let history = try history(of: person.name)
        return SubjectRecord(
            person: person, templates: try templates(of: person.name), earlierNames: history.names,
            events: history.events)
    }

    /// Follows the renames back, also those that merged two people. Others may have had the same names before or
    /// after: what was recorded of them then is theirs.
    ///
    /// - Returns: Earlier names, the newest first, and events, the oldest first.
    private func history(of name: String) throws(GalleryError) -> (names: [String], events: [Event]) {
        let renames = try events(EventFilter(kinds: [.personRenamed], limit: .max)).compactMap { Rename($0) }
        var taken: [Rename] = []
        var found: [Event] = []
        // Names that were the person's, each with the rename that ended it.
        var uses: [(name: String, end: Rename?)] = [(name, nil)]
        while let (name, end) = uses.popLast() {
            let named = try events(EventFilter(person: name, before: end.map { $0.sequence &+ 1 }, limit: .max))
            let key = PersonName.key(of: name)
            let earlier = renames.filter { $0.sequence < end?.sequence ?? .max }
            let start = Self.start(of: key, named, earlier)
            found += named.filter { $0.sequence >= start }
            for rename in earlier where rename.to == key && rename.sequence >= start {
                taken.append(rename)
                uses.append((rename.name, rename))
            }
        }
        var known: Set<String> = [PersonName.key(of: name)]
        return (
            taken.sorted { $0.sequence > $1.sequence }.filter { known.insert($0.from).inserted }.map(\.name),
            found.sorted { $0.sequence < $1.sequence }
        )
    }

    /// From which event on a name is that of the last person who had it: the newest by which somebody came by it, or
    /// the one after the newest by which somebody lost it.
    ///
    /// - Parameters:
    ///   - named: The events of that name, the newest first.
    ///   - renames: The newest first.
    private static func start(of key: String, _ named: [Event], _ renames: [Rename]) -> Int {
        let begins: [Int?] = [
            named.first { $0.kind == .personAdded }?.sequence,
            renames.first { $0.to == key && !$0.isMerge }?.sequence,
            named.first { $0.kind == .personRemoved }.map { $0.sequence &+ 1 },
            renames.first { $0.from == key }.map { $0.sequence &+ 1 },
        ]
        // None where the log was pruned since.
        return begins.compactMap(\.self).max() ?? .min
    }
}

/// How somebody came by another name, or became one with somebody else.
private struct Rename {
    let sequence: Int
    /// The earlier name.
    let name: String
    /// Both names as they are compared.
    let from: String
    let to: String
    /// Whether somebody had the new name.
    let isMerge: Bool

    /// - Returns: nil for another event, and for a name that was only written otherwise.
    init?(_ event: Event) {
        guard event.kind == .personRenamed, let name = event.person, let new = event.detail["to"] else { return nil }
        sequence = event.sequence
        self.name = name
        from = PersonName.key(of: name)
        to = PersonName.key(of: new)
        isMerge = event.detail["merged"] != nil
        if from == to { return nil }
    }
}
