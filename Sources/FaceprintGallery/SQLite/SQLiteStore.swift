import Synchronization

/// A gallery in one file.
final class SQLiteStore: Store {
    let name: String

    private let access: Gallery.Access
    private let file: GalleryFile
    /// How long to wait for another process, in milliseconds.
    let busyTimeout: Int32
    /// Held while traces are erased.
    let erasing = Mutex(())
    /// nil in a gallery that is opened to read.
    private let connection: Mutex<SQLiteConnection?>

    /// - Parameters:
    ///   - path: Of the file. Two more, with `-wal` and `-shm` at the end of their names, stand beside it while it is
    ///     in use, and belong to it.
    ///   - busyTimeout: How long to wait for another process.
    init(path: String, access: Gallery.Access, busyTimeout: Duration) throws(GalleryError) {
        name = path
        self.access = access
        file = try GalleryFile(path: path, creates: access == .readWrite)
        self.busyTimeout = Int32(max(0, min(busyTimeout / .milliseconds(1), 1e9)))
        if access == .readWrite {
            let connection = try SQLiteConnection.open(file, mode: .readWrite, busyTimeout: self.busyTimeout)
            try SQLiteSchema.migrate(connection, path: path, busyTimeout: self.busyTimeout)
            self.connection = Mutex(connection)
        } else {
            connection = Mutex(nil)
            try read { (c) throws(GalleryError) in try SQLiteSchema.requireItsTables(c, path: path) }
        }
    }

    func read<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        guard access == .readOnly else {
            return try connection.withLock { (connection) throws(GalleryError) in
                try connection!.transaction(.read, body)
            }
        }
        return try readApart(body)
    }

    /// By a connection of its own.
    func readApart<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        do throws(GalleryError) {
            return try read(in: .readOnly, body)
        } catch .notReadable where !file.folderIsWritable, .notWritable where !file.folderIsWritable {
            return try readUnlocked(body)
        }
    }

    func write<Value: Sendable>(
        _ body: @Sendable (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        guard access == .readWrite else { throw .notWritable(path: name) }
        return try connection.withLock { (connection) throws(GalleryError) in
            try connection!.transaction(.write, body)
        }
    }

    /// Another connection, for what would keep those who use the gallery's waiting.
    func openToWrite() throws(GalleryError) -> SQLiteConnection {
        guard access == .readWrite else { throw .notWritable(path: name) }
        return try SQLiteConnection.open(file, mode: .readWrite, busyTimeout: busyTimeout)
    }

    /// Puts what the write-ahead log holds into the file, which then needs no other beside it.
    func closeLog() throws(GalleryError) {
        try connection.withLock { (connection) throws(GalleryError) in
            try connection!.run("PRAGMA wal_checkpoint(TRUNCATE)")
            try connection!.run("PRAGMA journal_mode = DELETE")
        }
    }

    /// Reads where SQLite can't make its lock files because the folder isn't writable.
    ///
    /// A process that writes has such files. While there are none, or they are empty, the file alone is the gallery;
    /// and when it is the same afterwards, what was read is true.
    private func readUnlocked<Value>(
        _ body: (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        for _ in 0..<5 {
            guard let stamp = try file.stamp() else { throw .interrupted(path: name) }
            let result = Result { () throws(GalleryError) in try read(in: .immutable, body) }
            if try file.stamp() == stamp { return try result.get() }
        }
        throw .busy(path: name)
    }

    /// Reads by a connection of its own: what may be read, and how, can change between two calls.
    private func read<Value>(
        in mode: SQLiteConnection.Mode, _ body: (any Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        let connection = try SQLiteConnection.open(file, mode: mode, busyTimeout: busyTimeout)
        return try connection.transaction(.read) { (c) throws(GalleryError) in
            guard let version = try SQLiteSchema.version(of: c, path: name), version > 0 else {
                throw .notFound(path: name)
            }
            try SQLiteSchema.showAsPresent(version, in: c)
            return try body(c)
        }
    }
}
