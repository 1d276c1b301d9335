import CSQLite
import FaceprintGallery
import Foundation
import Synchronization
import TestSupport
import Testing

#if PostgreSQL
    import CPostgres
#endif

/// What a gallery can stand on.
enum TestStore: String {
    case file = "a file"
    case postgres = "PostgreSQL"

    /// The one that the present test is run on.
    @TaskLocal static var current = TestStore.file

    static let available: [TestStore] = {
        #if PostgreSQL
            PostgresServer.shared == nil ? [.file] : [.file, .postgres]
        #else
            [.file]
        #endif
    }()
}

/// Runs each test of a suite on every store that there is.
struct EveryStore: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let needsFile = test.traits.contains { $0 is OnlyFile }
        for store in TestStore.available where store == .file || !needsFile {
            try await TestStore.$current.withValue(store) { try await function() }
        }
    }
}

/// Keeps a test that looks into the gallery's files from being run on other stores.
struct OnlyFile: TestTrait {}

extension Trait where Self == EveryStore {
    static var onEveryStore: Self { Self() }
}

extension Trait where Self == OnlyFile {
    static var onlyOnAFile: Self { Self() }
}

extension Trait where Self == IssueHandlingTrait {
    /// Says of each issue on which store it came up.
    static var namingTheStore: Self {
        .compactMapIssues { issue in
            var issue = issue
            issue.comments.append("on \(TestStore.current.rawValue)")
            return issue
        }
    }
}

/// A place for a gallery in the store that the present test is run on; what is there goes with its owner.
final class TestPlace: Sendable {
    /// For `Gallery(at:)`.
    let location: String
    private let folder: TemporaryFolder?
    private let database: String?
    /// Databases without a gallery: it takes long to make one, or to drop it.
    private static let free = Mutex<[String]>([])

    init(on store: TestStore = .current) throws {
        switch store {
        case .file:
            let folder = try TemporaryFolder()
            self.folder = folder
            database = nil
            location = folder.path("people.gallery")
        case .postgres:
            let server = try #require(PostgresServer.shared)
            folder = nil
            if let free = Self.free.withLock({ $0.popLast() }) {
                database = free
            } else {
                let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
                try execute("CREATE DATABASE \(name)", on: server.url)
                database = name
            }
            location = server.url(database: database ?? "")
        }
    }

    deinit {
        guard let database, (try? execute("DROP SCHEMA IF EXISTS faceprint CASCADE", on: location)) != nil else {
            return
        }
        Self.free.withLock { $0.append(database) }
    }
}

#if PostgreSQL
    /// A connection to a server such as any client may have.
    final class PostgresClient {
        private let handle: OpaquePointer

        init(_ url: String) throws {
            handle = try #require(PQconnectdb(url))
            PQsetNoticeProcessor(handle, { _, _ in }, nil)
            try #require(PQstatus(handle) == CONNECTION_OK, "\(String(cString: PQerrorMessage(handle)))")
            try execute("SET search_path = faceprint, public")
        }

        deinit { PQfinish(handle) }

        /// - Returns: The first column of the last row, as text.
        @discardableResult
        func execute(_ sql: String) throws -> String? {
            let result = PQexec(handle, sql)
            defer { PQclear(result) }
            let isDone = [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result))
            try #require(isDone, "\(String(cString: PQerrorMessage(handle)))")
            let last = PQntuples(result) - 1
            return last < 0 || PQgetisnull(result, last, 0) != 0 ? nil : String(cString: PQgetvalue(result, last, 0))
        }
    }
#endif

/// What any client of the store may do to a gallery.
///
/// - Parameters:
///   - sql: With SQLite's functions.
///   - location: Of the gallery.
/// - Returns: The first column of the last row, as text.
@discardableResult
func execute(_ sql: String, on location: String) throws -> String? {
    guard Gallery.isServer(location) else { return try executeInFile(sql, on: location) }
    #if PostgreSQL
        let sql = sql.replacing("char(", with: "chr(")
            .replacing(/zeroblob\((\d+)\)/) { "decode(repeat('00', \($0.1)), 'hex')" }
        return try PostgresClient(location).execute(sql)
    #else
        return nil
    #endif
}

/// Does something while somebody else is about to change a gallery.
func withWriter(at location: String, _ body: () throws -> Void) throws {
    guard Gallery.isServer(location) else {
        var database: OpaquePointer?
        defer { sqlite3_close_v2(database) }
        sqlite3_open(location, &database)
        sqlite3_exec(database, "BEGIN IMMEDIATE", nil, nil, nil)
        return try body()
    }
    #if PostgreSQL
        let client = try PostgresClient(location)
        try client.execute("BEGIN; SELECT * FROM state FOR UPDATE")
        try body()
    #endif
}
