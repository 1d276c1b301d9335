import Foundation

/// Which events are asked for: those that meet all that is set.
public struct EventFilter: Hashable, Sendable {
    /// nil for all kinds.
    public var kinds: Set<Event.Kind>?
    /// As names are compared: without regard to case.
    public var person: String?
    /// The first moment.
    public var from: Date?
    /// The first moment after.
    public var until: Date?
    /// Only events before the one of this sequence: where the last page ended.
    public var before: Int?
    /// How many at most.
    public var limit: Int

    public init(
        kinds: Set<Event.Kind>? = nil, person: String? = nil, from: Date? = nil, until: Date? = nil,
        before: Int? = nil, limit: Int = 100
    ) {
        self.kinds = kinds
        self.person = person
        self.from = from
        self.until = until
        self.before = before
        self.limit = limit
    }
}
