import Synchronization

/// How many requests a second each caller may send: a bucket of tokens for each, which fills at that rate and holds
/// those of two seconds.
final class RateLimit: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    private let perSecond: Double
    private let now: GrowingDelay.Clock
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameter perSecond: 0 for no limit.
    init(perSecond: Double, now: @escaping GrowingDelay.Clock = { .now }) {
        self.perSecond = perSecond
        self.now = now
    }

    /// - Throws: ``HTTPError`` of status 429 for a request that is too much.
    func take(_ who: String) throws(HTTPError) {
        guard perSecond > 0 else { return }
        let now = now()
        let isTooMuch = buckets.withLock { buckets in
            // Full buckets say nothing.
            if buckets.count >= Self.mostBuckets { buckets = buckets.filter { now - $0.value.filled < .seconds(2) } }
            if buckets.count >= Self.mostBuckets { buckets = [:] }
            var bucket = buckets[who] ?? Bucket(tokens: 2 * perSecond, filled: now)
            bucket.tokens = min(bucket.tokens + (now - bucket.filled) / .seconds(1) * perSecond, 2 * perSecond)
            bucket.filled = now
            let isEmpty = bucket.tokens < 1
            if !isEmpty { bucket.tokens -= 1 }
            buckets[who] = bucket
            return isEmpty
        }
        guard isTooMuch else { return }
        throw .tooMany("more than \(Int(perSecond)) requests a second", retryAfter: Int(1 / perSecond) + 1)
    }

    private static let mostBuckets = 10_000
}
