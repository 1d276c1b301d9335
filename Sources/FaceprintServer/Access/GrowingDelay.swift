import Synchronization

/// Makes whoever fails again and again wait longer and longer: after a few failures one second, then two, four, and so
/// on. A success, or ten minutes without a failure, forgets them.
final class GrowingDelay: Sendable {
    typealias Clock = @Sendable () -> ContinuousClock.Instant

    private struct Record {
        var failures = 0
        var last: ContinuousClock.Instant
        var until: ContinuousClock.Instant
    }

    private let freeFailures: Int
    private let longest: Int
    private let now: Clock
    private let records = Mutex<[String: Record]>([:])

    /// - Parameters:
    ///   - freeFailures: How many there may be without a delay.
    ///   - longest: Of a delay, in seconds.
    init(freeFailures: Int, longest: Int = 60, now: @escaping Clock = { .now }) {
        self.freeFailures = freeFailures
        self.longest = longest
        self.now = now
    }

    /// - Throws: ``HTTPError`` of status 429 while somebody has to wait.
    func check(_ who: String, _ reason: String) throws(HTTPError) {
        guard let until = records.withLock({ $0[who]?.until }) else { return }
        let left = until - now()
        guard left > .zero else { return }
        let seconds = Int(left.components.seconds) + 1
        throw .tooMany("\(reason); wait \(seconds) seconds", retryAfter: seconds)
    }

    func fail(_ who: String) {
        let now = now()
        records.withLock { records in
            if records.count >= Self.mostRecords { Self.thin(&records, now) }
            var record = records[who] ?? Record(last: now, until: now)
            if now - record.last > Self.memory { record.failures = 0 }
            record.failures += 1
            record.last = now
            let doublings = record.failures - freeFailures
            if doublings > 0 { record.until = now + .seconds(min(1 << min(doublings - 1, 20), longest)) }
            records[who] = record
        }
    }

    func succeed(_ who: String) { _ = records.withLock { $0.removeValue(forKey: who) } }

    private static let memory = Duration.seconds(600)
    private static let mostRecords = 10_000

    /// Forgets what is old, and where that isn't enough the older half.
    private static func thin(_ records: inout [String: Record], _ now: ContinuousClock.Instant) {
        records = records.filter { now - $0.value.last <= memory }
        guard records.count >= mostRecords else { return }
        let middle = records.values.map(\.last).sorted()[records.count / 2]
        records = records.filter { $0.value.last > middle }
    }
}
