#if PostgreSQL
    import Foundation

    /// A gallery in a PostgreSQL database, which many machines may use at once.
    ///
    /// A server that goes away for a while is waited for: what only read, or was not stored, is done again. Every change
    /// leaves a mark of its own beside what it changed, so that when the connection breaks while it is being stored, the
    /// mark tells whether it was.
    final class PostgresStore: Store {
        let name: String
        private let access: Gallery.Access
        private let busyTimeout: Duration
        private let pool: PostgresPool
        /// Writers take turns anyway: those of one process do before they take a connection that readers could use.
        private let turn = DispatchSemaphore(value: 1)
        /// What a session starts with.
        private let settings: String

        /// Opens a gallery, and makes or completes it where it is to be written.
        ///
        /// - Parameters:
        ///   - url: `postgres://…` or `postgresql://…`.
        ///   - busyTimeout: How long to wait for other writers, and for a server that is away.
        init(url: String, access: Gallery.Access, busyTimeout: Duration) throws(GalleryError) {
            let url = try PostgresURL(url, writes: access == .readWrite)
            name = url.name
            self.access = access
            self.busyTimeout = busyTimeout
            let settings = Self.settings(lockTimeout: Int(max(1, min(busyTimeout / .milliseconds(1), 1e9))))
            self.settings = settings
            pool = PostgresPool(name: url.name) { () throws(GalleryError) in
                let connection = try PostgresConnection(url)
                try connection.script(settings)
                try PostgresSchema.prepare(connection, access: access, name: url.name)
                return connection
            }
            try read { (_) throws(GalleryError) in }
        }

        func read<Value: Sendable>(
            _ body: @Sendable (any Connection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            try run(.read, body)
        }

        func readApart<Value: Sendable>(
            _ body: @Sendable (any Connection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            try run(.readForLong, body)
        }

        func write<Value: Sendable>(
            _ body: @Sendable (any Connection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            guard access == .readWrite else { throw .notWritable(path: name) }
            let end = ContinuousClock.now + busyTimeout
            guard turn.wait(until: end) else { throw .busy(path: name) }
            defer { turn.signal() }
            let mark = Sodium.randomBytes(16)
            // What was about to be stored when the connection broke.
            var inDoubt: Value?
            do throws(GalleryError) {
                return try pool.run(until: end) { (c) throws(GalleryError) in
                    try transaction(.write, on: c) { (c) throws(GalleryError) in
                        if try c.number(Self.takeTurn, .blob(mark)) == nil {
                            guard let stored = inDoubt else {
                                throw .damaged(path: name, reason: "the row of its counters is missing")
                            }
                            return stored
                        }
                        inDoubt = nil
                        let result = try body(c)
                        inDoubt = result
                        return result
                    }
                }
            } catch  where inDoubt != nil {
                // It may be another server that answers now, or one that still waits to store it.
                throw .failed(
                    path: name,
                    reason: """
                        \(error); that was while a change was being stored, and whether it was is not known: look \
                        before you try it again
                        """)
            }
        }

        /// Reads as ``read(_:)`` does, with settings of the session for as long.
        func read<Value: Sendable>(
            with settings: String, _ body: @Sendable (any Connection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            try pool.run(until: .now + busyTimeout) { (c) throws(GalleryError) in
                try transaction(.read, on: c) { (c) throws(GalleryError) in
                    if !settings.isEmpty { try c.script(settings) }
                    return try body(c)
                }
            }
        }

        /// Changes as ``write(_:)`` does, for as long as it takes.
        func writeApart<Value: Sendable>(
            _ body: @Sendable (PostgresConnection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            try write { (c) throws(GalleryError) in
                guard let c = c as? PostgresConnection else {
                    preconditionFailure("connections of this store are its own")
                }
                try c.script("SET LOCAL statement_timeout = 0")
                return try body(c)
            }
        }

        /// Where it is asked for, writes the tables anew that may hold something of a face or a name. Others wait
        /// meanwhile, so a removal alone doesn't: the server reuses the space of what was removed by and by.
        ///
        /// - Returns: False, as the server's log still has it for some time, and with it standbys and backups.
        func eraseTraces(always: Bool) throws(GalleryError) -> Bool {
            guard access == .readWrite else { throw .notWritable(path: name) }
            guard always else { return false }
            try pool.run(until: .now + busyTimeout) { (c) throws(GalleryError) in
                // It can't be part of a transaction, and takes as long as it takes.
                try c.script("SET statement_timeout = 0")
                defer { for text in ["RESET statement_timeout", settings] { _ = try? c.script(text) } }
                for table in ["person", "template", "thumbnail", "membership", "key", "session", "event"] {
                    try c.script("VACUUM (FULL) \(table)")
                }
                if try VectorTable.dimension(in: c) != nil { try c.script("VACUUM (FULL) template_vector") }
            }
            return false
        }

        private func run<Value>(
            _ kind: PostgresConnection.Transaction, _ body: (any Connection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            try pool.run(until: .now + busyTimeout) { (c) throws(GalleryError) in
                try transaction(kind, on: c, body)
            }
        }

        private func transaction<Value>(
            _ kind: PostgresConnection.Transaction, on connection: PostgresConnection,
            _ body: (PostgresConnection) throws(GalleryError) -> Value
        ) throws(GalleryError) -> Value {
            do throws(GalleryError) {
                try connection.begin(kind)
                let result = try body(connection)
                try connection.commit()
                return result
            } catch {
                connection.rollBack()
                throw error
            }
        }

        /// Waits until no other change is being made, of whatever machine, and leaves the mark of this one. Where it is
        /// there already, the change was stored.
        ///
        /// - Note: The number of a transaction would not do for a mark: after a crash, PostgreSQL gives it to another.
        private static let takeTurn: StaticString = """
            WITH turn AS MATERIALIZED (SELECT id FROM state WHERE id = 1 FOR UPDATE),
                old AS (DELETE FROM mark WHERE made < now() - interval '1 hour')
            INSERT INTO mark (id, made) SELECT ?1, now() FROM turn ON CONFLICT DO NOTHING RETURNING 1
            """

        /// A statement that hangs ends, and so does a transaction whose client is gone, unless the URL or the server has
        /// limits of its own. A change is on the disk when it was stored, though whoever keeps the server may be content
        /// with less.
        private static func settings(lockTimeout: Int) -> String {
            """
            SET search_path = faceprint, public;
            SET lock_timeout = \(lockTimeout);
            SET tcp_keepalives_idle = 30;
            SET tcp_keepalives_interval = 10;
            SET tcp_keepalives_count = 3;
            SET jit = off;
            SELECT set_config(name, value, false)
            FROM (VALUES
                ('statement_timeout', '0', '\(lockTimeout + 60_000)'),
                ('idle_in_transaction_session_timeout', '0', '60000'),
                ('synchronous_commit', 'off', 'on')
            ) AS setting (name, unwanted, value)
            WHERE current_setting(name) = unwanted
            """
        }
    }
#endif
