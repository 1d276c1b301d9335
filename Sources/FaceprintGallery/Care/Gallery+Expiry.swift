import Foundation

/// What was erased because its time was over.
public struct Expiry: Hashable, Sendable {
    public internal(set) var templates = 0
    /// Who had no other template, no badge and no group.
    public internal(set) var people = 0
    public internal(set) var events = 0
    /// Whether nothing of it is left in the store: see ``Gallery/remove(_:by:)``.
    public internal(set) var isErased = true

    /// Whether there was nothing to do.
    public var isEmpty: Bool { templates == 0 && people == 0 && events == 0 }
}

extension Gallery {
    /// Erases what is over: templates, with the people of whom nothing else is known, and old events.
    ///
    /// Who loses the last template so goes too, but for those with a badge or a group, whom somebody wants to keep.
    /// Events go in whole hours, from the log's front; the rest can still be verified. Nothing is written while nothing
    /// is over, so it may be called often.
    @discardableResult
    public func expire(now: Date = Date(), by actor: Actor = .retention) throws(GalleryError) -> Expiry {
        guard let present = now.milliseconds else { return Expiry() }
        var total = Expiry()
        while try store.read({ (c) throws(GalleryError) in
            // Those of nobody, in a damaged gallery, are left to whoever mends it.
            try c.number(
                "SELECT 1 FROM template JOIN person ON person.id = person WHERE expires <= ?1 LIMIT 1",
                .integer(present)) != nil
        }) {
            let done = try store.write { (c) throws(GalleryError) in
                try Self.expireTemplates(present, by: actor, in: c)
            }
            total.templates += done.templates
            total.people += done.people
        }
        total.events = try pruneEvents(present, by: actor)
        if !total.isEmpty { total.isErased = try eraseTraces() }
        return total
    }

    /// How many templates go in one transaction, so that others needn't wait long.
    private static let batch = 5000

    private static func expireTemplates(
        _ now: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) -> Expiry {
        let rows = try connection.prepare(
            """
            SELECT template.id, template.uuid, person.id, name, quality, template.created
            FROM template JOIN person ON person.id = person
            WHERE template.expires <= ?1 ORDER BY template.expires LIMIT ?2
            """,
            .integer(now), .integer(batch))
        var templates: [(entry: TemplateEntry, row: Int)] = []
        var owners: Set<Int> = []
        while try rows.step() {
            templates.append((try StoredTemplate.entry(rows), rows.integer(0)))
            owners.insert(rows.integer(2))
        }
        guard !templates.isEmpty else { return Expiry() }
        let version = try StoredState.nextPeopleVersion(in: connection)
        try erase(templates, as: .templateExpired, version: version, by: actor, in: connection)
        var done = Expiry(templates: templates.count)
        for owner in owners.sorted() {
            if try eraseIfForgotten(owner, version: version, by: actor, in: connection) { done.people += 1 }
        }
        try connection.run("DELETE FROM space WHERE NOT EXISTS (SELECT 1 FROM template)")
        try StoredRemoval.prune(version: version, in: connection)
        try connection.didRemove()
        return done
    }

    /// Erases a person of whom nothing is known but the name.
    ///
    /// - Returns: Whether it was done.
    static func eraseIfForgotten(
        _ id: Int, version: Int, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) -> Bool {
        guard let person = try StoredPerson.find(id: id, sealer: nil, in: connection),
            person.person.templateCount == 0, person.person.badge == nil, person.person.groups.isEmpty
        else { return false }
        try erase(person, version: version, by: actor, in: connection)
        return true
    }

    private func pruneEvents(_ now: Int, by actor: Actor) throws(GalleryError) -> Int {
        let start = try store.read { (c) throws(GalleryError) -> Int? in
            guard let seconds = try StoredState.retention(in: c, path: location).events else { return nil }
            let hour = 3_600_000
            let start = (now - seconds * 1000) / hour * hour
            guard let oldest = try c.number("SELECT time FROM event ORDER BY sequence LIMIT 1"), oldest < start else {
                return nil
            }
            return start
        }
        guard let start else { return 0 }
        return try store.write { (c) throws(GalleryError) in
            let count = try StoredEvent.prune(before: start, in: c)
            guard count > 0 else { return 0 }
            let detail = ["events": "\(count)", "until": "\(try StoredEvent.anchor(of: c).sequence)"]
            try StoredEvent.append([NewEvent(.logPruned, by: actor, detail: detail)], in: c)
            try c.didRemove()
            return count
        }
    }
}
