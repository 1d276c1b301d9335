#if PostgreSQL
    import CPostgres
    import Foundation

    /// An open connection to a PostgreSQL database; closed with its owner. It is used by one thread at a time, which is
    /// its owner's care.
    final class PostgresConnection: Connection, @unchecked Sendable {
        enum Transaction {
            /// At one moment.
            case read
            /// As `read`, for as long as it takes.
            case readForLong
            case write
        }

        /// What a prepared statement was prepared for.
        private struct Prepared: Hashable {
            let text: UnsafePointer<UInt8>
            let types: [Oid]
        }

        private let url: PostgresURL
        var name: String { url.name }
        private let handle: OpaquePointer
        private var prepared: [Prepared: String] = [:]
        /// The statement whose rows are arriving.
        private weak var active: PostgresStatement?
        private var isReceiving = false
        private var isWriting = false
        /// What the present transaction found; nil before it has looked.
        private var vectors: VectorTable.State?

        /// Connects.
        ///
        /// - Throws: ``GalleryError/unreachable(path:reason:)``, or ``GalleryError/notReadable(path:reason:)`` where the
        ///   server refuses.
        init(_ url: PostgresURL) throws(GalleryError) {
            self.url = url
            handle = try Self.connect(url)
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
        }

        deinit { PQfinish(handle) }

        /// Whether it can be used again.
        var isAlive: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

        func prepare(_ sql: StaticString, _ values: [SQLValue]) throws(GalleryError) -> any Statement {
            PostgresStatement(sql, values, of: self)
        }

        /// Runs statements without values, and ignores their rows.
        ///
        /// - Returns: The command's tag, such as `COMMIT`, of the last one.
        @discardableResult
        func script(_ sql: String) throws(GalleryError) -> String {
            try receiveRest()
            let result = PQexec(handle, sql)
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return String(cString: PQcmdStatus(result))
            default: throw error(of: result)
            }
        }

        func begin(_ kind: Transaction) throws(GalleryError) {
            isWriting = kind == .write
            vectors = nil
            switch kind {
            case .read:
                try script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            case .readForLong:
                try script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0")
            case .write:
                try script("BEGIN ISOLATION LEVEL READ COMMITTED")
            }
        }

        func commit() throws(GalleryError) {
            guard try script("COMMIT") == "COMMIT" else {
                throw .failed(path: url.name, reason: "a statement of the transaction had failed")
            }
        }

        /// Leaves a transaction, if there is one; a connection that can't is not alive.
        func rollBack() {
            _ = try? script("ROLLBACK")
        }

        func didStore(_ template: SearchedTemplate) throws(GalleryError) {
            let found = if let vectors { vectors } else { try VectorTable.state(for: template, in: self) }
            vectors = found
            if found == .kept { try VectorTable.add([template], in: self) }
        }

        func didSeal() throws(GalleryError) { try VectorTable.removeUnlessWanted(in: self) }

        // MARK: For statements

        /// Sends a statement, whose rows then come one by one.
        ///
        /// - Parameter types: Of the values.
        func send(_ statement: PostgresStatement, _ sql: StaticString, _ values: PostgresValues) throws(GalleryError) {
            try receiveRest()
            let name = try name(of: sql, types: values.types)
            let isSent = values.withPointers { pointers, lengths, formats in
                PQsendQueryPrepared(handle, name, Int32(pointers.count), pointers, lengths, formats, 1)
            }
            guard isSent == 1, PQsetSingleRowMode(handle) == 1 else { throw error(of: nil) }
            active = statement
            isReceiving = true
        }

        /// The next row of the statement that was sent last, to be cleared by the caller; nil after the last one.
        func receive() throws(GalleryError) -> OpaquePointer? {
            while isReceiving {
                guard let result = PQgetResult(handle) else {
                    isReceiving = false
                    break
                }
                switch PQresultStatus(result) {
                case PGRES_SINGLE_TUPLE:
                    return result
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                    PQclear(result)
                default:
                    defer { PQclear(result) }
                    let error = error(of: result)
                    while let rest = PQgetResult(handle) { PQclear(rest) }
                    isReceiving = false
                    throw error
                }
            }
            return nil
        }

        /// Makes way for another statement: the rows that are still to come are kept by the one that they belong to.
        private func receiveRest() throws(GalleryError) {
            guard isReceiving else { return }
            if let active { return try active.keepRest() }
            while let row = try receive() { PQclear(row) }
        }

        /// Statements are written once and run often: the server reads and plans each but once.
        private func name(of sql: StaticString, types: [Oid]) throws(GalleryError) -> String {
            let key = Prepared(text: sql.utf8Start, types: types)
            if let name = prepared[key] { return name }
            let name = "s\(prepared.count)"
            let result = PQprepare(handle, name, Self.numbered(sql), Int32(types.count), types)
            defer { PQclear(result) }
            guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw error(of: result) }
            prepared[key] = name
            return name
        }

        /// PostgreSQL's parameters are `$1`, and no statement has a question mark for anything else.
        private static func numbered(_ sql: StaticString) -> String {
            sql.withUTF8Buffer {
                String(decoding: $0.map { $0 == UInt8(ascii: "?") ? UInt8(ascii: "$") : $0 }, as: UTF8.self)
            }
        }

        /// - Parameter result: nil where the connection itself failed.
        private func error(of result: OpaquePointer?) -> GalleryError {
            let field = { (code: UInt8) in PQresultErrorField(result, Int32(code)).map { String(cString: $0) } }
            // When a server ends, its last word can be any: what counts is that the connection is gone.
            let isLost = PQstatus(handle) != CONNECTION_OK
            let message = field(UInt8(ascii: "M")) ?? Self.firstLine(String(cString: PQerrorMessage(handle)))
            return GalleryError(
                sqlState: isLost ? nil : field(UInt8(ascii: "C")) ?? "XX000", message: message.printable(limit: 500),
                writes: isWriting, path: url.name)
        }
    }

    extension PostgresConnection {
        private static func connect(_ url: PostgresURL) throws(GalleryError) -> OpaquePointer {
            let settings = url.settings.sorted { $0.key < $1.key }
            let texts = settings.flatMap { [strdup($0.key), strdup($0.value)] }
            defer { for text in texts { free(text) } }
            let keywords = stride(from: 0, to: texts.count, by: 2).map { UnsafePointer(texts[$0]) } + [nil]
            let values = stride(from: 1, to: texts.count, by: 2).map { UnsafePointer(texts[$0]) } + [nil]
            guard let handle = PQconnectStartParams(keywords, values, 0) else {
                throw .failed(path: url.name, reason: "there is not enough memory")
            }
            // So that the message has the SQLSTATE, which libpq doesn't tell otherwise.
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            let end = ContinuousClock.now + url.connectTimeout
            var isConnected = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
            while isConnected == PGRES_POLLING_WRITING || isConnected == PGRES_POLLING_READING {
                guard wait(for: handle, writes: isConnected == PGRES_POLLING_WRITING, until: end) else {
                    PQfinish(handle)
                    throw .unreachable(path: url.name, reason: "it doesn't answer")
                }
                isConnected = PQconnectPoll(handle)
            }
            guard isConnected == PGRES_POLLING_OK else {
                defer { PQfinish(handle) }
                throw refusal(String(cString: PQerrorMessage(handle)), url)
            }
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            return handle
        }

        private static func wait(
            for handle: OpaquePointer, writes: Bool, until end: ContinuousClock.Instant
        ) -> Bool {
            while true {
                let left = max(0, (end - .now) / .milliseconds(1))
                var descriptor = pollfd(fd: PQsocket(handle), events: Int16(writes ? POLLOUT : POLLIN), revents: 0)
                switch poll(&descriptor, 1, Int32(min(left, 1e9))) {
                case 1: return true
                case -1 where errno == EINTR: continue
                default: return false
                }
            }
        }

        /// What a message means such as “connection to server at "db", port 5432 failed: FATAL:  28P01: password …”. Of
        /// several servers, what the last one said.
        private static func refusal(_ text: String, _ url: PostgresURL) -> GalleryError {
            let attempts = text.split(separator: "\n").filter { !$0.hasPrefix("\t") && !$0.hasPrefix("LOCATION:") }
            let message = String(attempts.last { $0.contains(" failed: ") } ?? attempts.first ?? "it doesn't answer")
            let code = #/: +(?=[A-Z]*[0-9])([0-9A-Z]{5}): /#
            let state = message.firstMatch(of: code).map { String($0.1) }
            return GalleryError(
                sqlState: state, message: message.replacing(code, with: ": ").printable(limit: 500), writes: false,
                path: url.name)
        }

        private static func firstLine(_ text: String) -> String {
            text.split(separator: "\n").first.map(String.init) ?? "the connection broke"
        }
    }
#endif
