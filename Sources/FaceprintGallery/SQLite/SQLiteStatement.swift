import CSQLite

/// A prepared statement of SQLite, which goes back to its connection with its owner. It belongs to one thread at a
/// time.
final class SQLiteStatement: Statement {
    private let handle: OpaquePointer
    private let sql: StaticString
    private let path: String
    /// Statements must not outlive it.
    private let connection: SQLiteConnection

    init(
        _ sql: StaticString, _ values: [SQLValue], of connection: SQLiteConnection, path: String
    ) throws(GalleryError) {
        handle = try connection.take(sql)
        self.sql = sql
        self.path = path
        self.connection = connection
        for (index, value) in zip(Int32(1)..., values) { try bind(value, at: index) }
    }

    deinit { connection.giveBack(handle, of: sql) }

    func step() throws(GalleryError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw GalleryError(database: sqlite3_db_handle(handle), code: code, path: path)
        }
    }

    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func real(_ column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(handle, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        // The order is SQLite's rule: asking for the length first could move the bytes.
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    private func bind(_ value: SQLValue, at index: Int32) throws(GalleryError) {
        let code =
            switch value {
            case .integer(let number?):
                sqlite3_bind_int64(handle, index, Int64(number))
            case .real(let number?):
                sqlite3_bind_double(handle, index, number)
            case .text(var text?):
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        fp_sqlite_bind_text(handle, index, $0.baseAddress, Int32($0.count))
                    }
                }
            case .blob(let bytes?):
                fp_sqlite_bind_blob(handle, index, bytes, Int32(bytes.count))
            case .integer(nil), .real(nil), .text(nil), .blob(nil):
                sqlite3_bind_null(handle, index)
            }
        guard code == SQLITE_OK else {
            throw GalleryError(database: sqlite3_db_handle(handle), code: code, path: path)
        }
    }
}

extension GalleryError {
    /// The error that a call on this connection just returned.
    init(database: OpaquePointer?, code: Int32, path: String) {
        self.init(
            code: code, message: String(cString: sqlite3_errmsg(database)),
            systemError: database.map { sqlite3_system_errno($0) } ?? 0, path: path)
    }
}
