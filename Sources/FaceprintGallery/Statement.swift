import CSQLite

/// A prepared statement, finalised with its owner.
struct Statement: ~Copyable {
    /// What can be bound to a parameter.
    enum Value {
        case null
        case integer(Int)
        case real(Double)
        case text(String)
        case blob([UInt8])

        /// NULL for nil.
        static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    }

    fileprivate let path: String
    fileprivate let handle: OpaquePointer

    /// - Parameter database: An open connection.
    static func prepare(
        _ sql: StaticString, _ values: [Value], database: OpaquePointer, path: String
    ) throws(GalleryError) -> Statement {
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v2(database, text, Int32(sql.utf8CodeUnitCount), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw GalleryError(database: database, code: code, path: path) }
        let statement = Statement(path: path, handle: handle)
        for (index, value) in zip(Int32(1)..., values) { try statement.bind(value, at: index) }
        return statement
    }

    deinit { sqlite3_finalize(handle) }

    /// Goes to the next row of the result.
    ///
    /// - Returns: False after the last row.
    func step() throws(GalleryError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw GalleryError(database: sqlite3_db_handle(handle), code: code, path: path)
        }
    }

    /// A column of the row as a number; 0 where it is none.
    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    /// A column of the row as a number; nil where it is NULL.
    func real(_ column: Int32) -> Double? { isNull(column) ? nil : sqlite3_column_double(handle, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// A column of the row as text; empty where it is NULL.
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The bytes of a column of the row, valid until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        // The order is SQLite's rule: asking for the length first could move the bytes.
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    private func bind(_ value: Value, at index: Int32) throws(GalleryError) {
        let code =
            switch value {
            case .null:
                sqlite3_bind_null(handle, index)
            case .real(let number):
                sqlite3_bind_double(handle, index, number)
            case .integer(let number):
                sqlite3_bind_int64(handle, index, Int64(number))
            case .text(var text):
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        fp_sqlite_bind_text(handle, index, $0.baseAddress, Int32($0.count))
                    }
                }
            case .blob(let bytes):
                fp_sqlite_bind_blob(handle, index, bytes, Int32(bytes.count))
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
