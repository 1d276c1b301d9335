/// A log whose chain holds.
public struct LogVerification: Hashable, Sendable {
    /// How many events there are.
    public let count: Int
    /// The sequence of the first one: above 1 where older ones were pruned, and what comes next where there is none.
    public let start: Int
    /// The hash of the last one, 64 hexadecimal digits; zeros for an empty log. Whoever remembers it elsewhere can find
    /// out later whether the log's end was cut off, or all of it written anew.
    public let head: String
}

extension Gallery {
    /// Computes the log's chain again: no event was edited, removed from the middle, put in, or moved.
    ///
    /// It reads event by event, in bounded memory, and keeps nobody else waiting.
    ///
    /// Where old events were pruned, it says so of the rest.
    ///
    /// - Parameter expectedHead: A ``LogVerification/head`` of earlier. The log may have grown since. One that is older
    ///   than the first event can't be found any more.
    /// - Throws: ``GalleryError/logBroken(sequence:reason:)`` with the first event that is not what was recorded, or an
    ///   error of the file.
    public func verifyLog(expectedHead: String? = nil) throws(GalleryError) -> LogVerification {
        try store.readApart { (c) throws(GalleryError) in try StoredEvent.verify(in: c, expectedHead: expectedHead) }
    }
}

extension StoredEvent {
    /// Computes the log's chain again: see ``Gallery/verifyLog(expectedHead:)``.
    static func verify(
        in connection: any Connection, expectedHead: String?
    ) throws(GalleryError) -> LogVerification {
        let expected = expectedHead?.lowercased()
        let anchor = try anchor(of: connection)
        let rows = try connection.prepare(
            "SELECT sequence, time, kind, actor, person, person_key, detail, hash FROM event ORDER BY sequence")
        var count = 0
        var hash = anchor.hash
        var isExpectedSeen = expected == nil || hash.hexadecimal == expected
        while try rows.step() {
            let event = StoredEvent(rows)
            let next = anchor.sequence + count + 1
            guard event.sequence == next else {
                throw .logBroken(sequence: next, reason: "it is missing; the next one is \(event.sequence)")
            }
            hash = event.hash(after: hash)
            guard rows.bytes(7).elementsEqual(hash) else {
                throw .logBroken(sequence: event.sequence, reason: "it is not what was recorded, or not in its place")
            }
            count += 1
            if !isExpectedSeen { isExpectedSeen = hash.hexadecimal == expected }
        }
        guard isExpectedSeen else {
            throw .logBroken(
                sequence: anchor.sequence + count + 1,
                reason: "no event has the hash that was remembered: the log's end was cut off, or all of it is new")
        }
        return LogVerification(count: count, start: anchor.sequence + 1, head: hash.hexadecimal)
    }
}
