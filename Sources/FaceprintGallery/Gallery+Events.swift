import Foundation

extension Gallery {
    /// Appends events to the log, all or none; when it returns they are on the disk.
    ///
    /// What changes people, templates, badges, keys or the threshold is recorded with the change itself. This is for
    /// decisions and the like. One call for many events waits for the disk once.
    ///
    /// - Returns: The events as the log has them.
    @discardableResult
    public func record(_ events: [NewEvent]) throws(GalleryError) -> [Event] {
        try store.write { (c) throws(GalleryError) in try StoredEvent.append(events, in: c) }
    }

    /// Events of the log, the newest first.
    ///
    /// - Throws: ``GalleryError/damagedEvent(sequence:reason:)``, ``GalleryError/invalidName(_:reason:)`` for a person
    ///   that can't be one, or an error of the file.
    public func events(_ filter: EventFilter = EventFilter()) throws(GalleryError) -> [Event] {
        let person = try filter.person.map { (name) throws(GalleryError) in try PersonName(name) }
        return try store.readApart { (c) throws(GalleryError) in
            let rows = try c.prepare(
                person == nil ? Self.everybodysEvents : Self.personsEvents,
                .integer(filter.before ?? .max), .integer(filter.from?.milliseconds ?? .min),
                .integer(filter.until?.milliseconds ?? .max),
                .text(filter.kinds.map { " \($0.map(\.rawValue).joined(separator: " ")) " }),
                .integer(max(0, filter.limit)), .text(person?.key))
            var result: [Event] = []
            while try rows.step() {
                result.append(try StoredEvent(rows).event(hash: Array(rows.bytes(7))))
            }
            return result
        }
    }

    private static let everybodysEvents: StaticString = """
        SELECT sequence, time, kind, actor, person, person_key, detail, hash FROM event
        WHERE sequence < ?1 AND time >= ?2 AND time < ?3 AND (?4 IS NULL OR ?4 LIKE '% ' || kind || ' %')
            AND ?6 IS NULL
        ORDER BY sequence DESC LIMIT ?5
        """

    private static let personsEvents: StaticString = """
        SELECT sequence, time, kind, actor, person, person_key, detail, hash FROM event
        WHERE sequence < ?1 AND time >= ?2 AND time < ?3 AND (?4 IS NULL OR ?4 LIKE '% ' || kind || ' %')
            AND person_key = ?6
        ORDER BY sequence DESC LIMIT ?5
        """
}
