#if PostgreSQL
    import Foundation
    import Synchronization

    /// Open connections to a server, for any number of threads.
    final class PostgresPool: Sendable {
        /// How many connections there are at most: more wouldn't make a server with a few cores any faster, and each
        /// costs it a process.
        static let limit = 8

        private let name: String
        private let open: @Sendable () throws(GalleryError) -> PostgresConnection
        private let places = DispatchSemaphore(value: limit)
        private let idle = Mutex<[PostgresConnection]>([])

        /// - Parameters:
        ///   - name: Of the database, for messages.
        ///   - open: Makes a connection.
        init(name: String, open: @escaping @Sendable () throws(GalleryError) -> PostgresConnection) {
            self.name = name
            self.open = open
        }

        /// Runs `body` with a connection that nobody else has meanwhile. Where the server goes away or can't be
        /// reached, or a transaction has to give way to another, it is run again.
        ///
        /// - Parameter end: When nothing is begun any more.
        /// - Throws: What the last attempt has thrown; ``GalleryError/busy(path:)`` where no connection became free.
        func run<Value>(
            until end: ContinuousClock.Instant, _ body: (PostgresConnection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            var pause = 0.01
            while true {
                var wasStale = false
                do throws(GalleryError) {
                    return try runOnce(until: end, wasStale: &wasStale, body)
                } catch  where error.mayPass && (wasStale || ContinuousClock.now < end) {
                    // A connection that was opened before says nothing about the server of today.
                    if wasStale { continue }
                    // Not all at once, when a server is back.
                    Thread.sleep(forTimeInterval: min(pause * .random(in: 0.5...1), max(0, (end - .now) / .seconds(1))))
                    pause = min(2 * pause, 0.5)
                }
            }
        }

        private func runOnce<Value>(
            until end: ContinuousClock.Instant, wasStale: inout Bool,
            _ body: (PostgresConnection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            guard places.wait(until: end) else { throw .busy(path: name) }
            defer { places.signal() }
            let used = idle.withLock { $0.popLast() }
            let connection = if let used { used } else { try open() }
            defer {
                if connection.isAlive {
                    idle.withLock { $0.append(connection) }
                } else {
                    // What ended one has most likely ended them all.
                    wasStale = used != nil
                    idle.withLock { $0.removeAll() }
                }
            }
            return try body(connection)
        }
    }

    extension DispatchSemaphore {
        /// - Returns: Whether it was entered in time; where that is over, whether it could be at once.
        func wait(until end: ContinuousClock.Instant) -> Bool {
            let left = max(0, min((end - .now) / .milliseconds(1), 1e9))
            return wait(timeout: .now() + .milliseconds(Int(left))) == .success
        }
    }
#endif
