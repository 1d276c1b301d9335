/// Leaves out people who were reported shortly before.
public struct RepeatFilter: Sendable {
    private let seconds: Double
    private var lastSeen: [String: Double] = [:]

    /// - Parameter seconds: For how long after somebody was last seen they aren't new.
    public init(seconds: Double) { self.seconds = seconds }

    /// Whether somebody is to be reported.
    public mutating func isNew(_ decision: TrackDecision) -> Bool {
        guard let person = decision.match?.person else { return true }
        defer { saw(person, at: decision.end) }
        guard let last = lastSeen[person] else { return true }
        return decision.start - last > seconds
    }

    /// Notes that somebody who was reported is still seen.
    public mutating func saw(_ person: String, at time: Double) {
        lastSeen[person] = max(lastSeen[person] ?? time, time)
    }
}
