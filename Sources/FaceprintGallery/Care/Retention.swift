/// How long a gallery keeps what it is given.
public struct Retention: Hashable, Sendable {
    /// Of new templates, from when they were made, in seconds; nil for as long as nobody removes them.
    public var templates: Int?
    /// Of events, in seconds; nil for always.
    public var events: Int?

    /// A second to a thousand years.
    public static let allowed = 1...31_557_600_000

    public init(templates: Int? = nil, events: Int? = nil) {
        self.templates = templates
        self.events = events
    }
}

extension Gallery {
    /// How long templates and events are kept.
    public func retention() throws(GalleryError) -> Retention {
        try store.read { (c) throws(GalleryError) in try StoredState.retention(in: c, path: location) }
    }

    /// Says how long templates and events are kept: templates that are enrolled from now on, and all events.
    ///
    /// - Throws: ``GalleryError/invalidRetention(seconds:)``, or an error of the store.
    public func setRetention(_ retention: Retention, by actor: Actor = .commandLine) throws(GalleryError) {
        for seconds in [retention.templates, retention.events].compactMap(\.self)
        where !Retention.allowed.contains(seconds) {
            throw .invalidRetention(seconds: seconds)
        }
        try store.write { (c) throws(GalleryError) in
            let present = try StoredState.retention(in: c, path: location)
            guard present != retention else { return }
            try c.run(
                "UPDATE state SET template_retention = ?1, event_retention = ?2",
                .integer(retention.templates), .integer(retention.events))
            var detail: [String: String] = [:]
            for (name, old, new) in [
                ("templates", present.templates, retention.templates), ("events", present.events, retention.events),
            ] where old != new {
                detail[name] = "\(Self.text(old)) to \(Self.text(new))"
            }
            try StoredEvent.append([NewEvent(.retentionChanged, by: actor, detail: detail)], in: c)
        }
    }

    private static func text(_ seconds: Int?) -> String { seconds.map { "\($0) s" } ?? "never" }
}

extension StoredState {
    static func retention(in connection: any Connection, path: String) throws(GalleryError) -> Retention {
        let row = try connection.prepare("SELECT template_retention, event_retention FROM state")
        guard try row.step() else { throw .damaged(path: path, reason: "the row of its settings is missing") }
        let retention = Retention(
            templates: row.isNull(0) ? nil : row.integer(0), events: row.isNull(1) ? nil : row.integer(1))
        for seconds in [retention.templates, retention.events].compactMap(\.self)
        where !Retention.allowed.contains(seconds) {
            throw .damaged(path: path, reason: "it keeps things for \(seconds) seconds")
        }
        return retention
    }
}
