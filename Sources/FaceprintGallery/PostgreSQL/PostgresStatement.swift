#if PostgreSQL
    import CPostgres

    /// A statement of PostgreSQL, sent by its first step. It belongs to one thread at a time.
    final class PostgresStatement: Statement {
        private let sql: StaticString
        private let values: PostgresValues
        private let connection: PostgresConnection
        private var isSent = false
        private var row: OpaquePointer?
        /// Rows that were received before they were wanted, the next one last.
        private var kept: [OpaquePointer] = []
        private var isReceived = false

        init(_ sql: StaticString, _ values: [SQLValue], of connection: PostgresConnection) {
            self.sql = sql
            self.values = PostgresValues(values)
            self.connection = connection
        }

        deinit {
            PQclear(row)
            for row in kept { PQclear(row) }
        }

        func step() throws(GalleryError) -> Bool {
            PQclear(row)
            row = nil
            if !isSent {
                isSent = true
                try connection.send(self, sql, values)
            }
            row = if isReceived { kept.popLast() } else { try connection.receive() }
            if row == nil { isReceived = true }
            return row != nil
        }

        /// Takes all rows that are still to come.
        func keepRest() throws(GalleryError) {
            while let row = try connection.receive() { kept.append(row) }
            kept.reverse()
            isReceived = true
        }

        func integer(_ column: Int32) -> Int {
            guard !isNull(column) else { return 0 }
            switch PQftype(row, column) {
            case .int8: return Int(Int64(bitPattern: bigEndian(column)))
            case .int4: return Int(Int32(bitPattern: bigEndian(column)))
            case .int2: return Int(Int16(bitPattern: bigEndian(column)))
            case .bool: return Int(bigEndian(column) as UInt8)
            default: return Int(exactly: floating(column)?.rounded() ?? 0) ?? 0
            }
        }

        func real(_ column: Int32) -> Double? {
            isNull(column) ? nil : floating(column) ?? Double(integer(column))
        }

        func isNull(_ column: Int32) -> Bool { PQgetisnull(row, 0, column) != 0 }

        func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: PQgetvalue(row, 0, column), count: Int(PQgetlength(row, 0, column)))
        }

        /// nil for another type.
        private func floating(_ column: Int32) -> Double? {
            switch PQftype(row, column) {
            case .float8: Double(bitPattern: bigEndian(column))
            case .float4: Double(Float(bitPattern: bigEndian(column)))
            default: nil
            }
        }

        private func bigEndian<Number: FixedWidthInteger>(_ column: Int32) -> Number {
            Number(bigEndian: bytes(column).loadUnaligned(as: Number.self))
        }
    }
#endif
