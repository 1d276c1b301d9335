import CSQLite

/// An open SQLite database; closed with its owner, used by one thread at a time.
final class SQLiteConnection: Connection {
    enum Mode {
        case readWrite
        case readOnly
        /// Without locks and without looking at a write-ahead log: only for a file that nobody is writing.
        case immutable
    }

    enum Transaction {
        case read, write
    }

    /// As the user wrote it, for messages.
    private let path: String
    var name: String { path }
    private let handle: OpaquePointer
    /// Prepared statements that nobody uses at the moment, by where their texts are: preparing one takes longer than
    /// most run.
    private var idle: [UnsafePointer<UInt8>: OpaquePointer] = [:]

    /// Opens an existing file.
    ///
    /// - Parameter busyTimeout: How long to wait for another process, in milliseconds.
    static func open(_ file: GalleryFile, mode: Mode, busyTimeout: Int32) throws(GalleryError) -> SQLiteConnection {
        // Every access is made under the gallery's lock, so that SQLite needs none of its own.
        var flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        flags |= mode == .readWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(file.uri(immutable: mode == .immutable), &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            defer { sqlite3_close_v2(handle) }
            throw GalleryError(database: handle, code: code, path: file.path)
        }
        let connection = SQLiteConnection(path: file.path, handle: handle)
        connection.setBusyTimeout(busyTimeout)
        try connection.prepareForHostileFiles()
        // SQLite opens a file that it may not write as if it had been asked to read it.
        guard mode != .readWrite || sqlite3_db_readonly(handle, "main") == 0 else {
            throw .notWritable(path: file.path)
        }
        try connection.run("PRAGMA foreign_keys = ON")
        // A commit returns when it is on the disk, and not before.
        try connection.run("PRAGMA synchronous = FULL")
        // What is removed is overwritten, not only forgotten.
        try connection.run("PRAGMA secure_delete = ON")
        // What a query sorts stays out of the folder of temporary files.
        try connection.run("PRAGMA temp_store = MEMORY")
        return connection
    }

    private init(path: String, handle: OpaquePointer) {
        self.path = path
        self.handle = handle
    }

    deinit {
        for statement in idle.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// - Parameter milliseconds: How long to wait for another process.
    func setBusyTimeout(_ milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

    func prepare(_ sql: StaticString, _ values: [SQLValue]) throws(GalleryError) -> any Statement {
        try SQLiteStatement(sql, values, of: self, path: path)
    }

    /// A prepared statement without values, for one user.
    func take(_ sql: StaticString) throws(GalleryError) -> OpaquePointer {
        if let statement = idle.removeValue(forKey: sql.utf8Start) { return statement }
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            handle, text, Int32(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw GalleryError(database: handle, code: code, path: path) }
        return statement
    }

    /// Keeps a statement for its next user.
    func giveBack(_ statement: OpaquePointer, of sql: StaticString) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        guard idle[sql.utf8Start] == nil else {
            sqlite3_finalize(statement)
            return
        }
        idle[sql.utf8Start] = statement
    }

    /// Runs several statements.
    func script(_ sql: StaticString) throws(GalleryError) {
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        guard code == SQLITE_OK else { throw GalleryError(database: handle, code: code, path: path) }
    }

    /// Does all of `body` or, when it throws, nothing; what it reads is of one moment.
    func transaction<Result>(
        _ kind: Transaction, _ body: (SQLiteConnection) throws(GalleryError) -> Result
    ) throws(GalleryError) -> Result {
        // A write takes its lock at once: one that started as a read could find that another process was faster.
        try run(kind == .write ? "BEGIN IMMEDIATE" : "BEGIN")
        do throws(GalleryError) {
            let result = try body(self)
            try run("COMMIT")
            return result
        } catch {
            // After some errors, a full disk among them, SQLite has already rolled back.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    /// A gallery's file may come from anywhere: nothing in it is run, and no value may be absurdly large.
    private func prepareForHostileFiles() throws(GalleryError) {
        for (option, on) in [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0), (SQLITE_DBCONFIG_ENABLE_VIEW, 0),
        ] as [(Int32, Int32)] {
            let code = fp_sqlite_configure(handle, option, on)
            guard code == SQLITE_OK else { throw GalleryError(database: handle, code: code, path: path) }
        }
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 1 << 20)
        try run("PRAGMA cell_size_check = ON")
    }
}
