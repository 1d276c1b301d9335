import Foundation
import Synchronization

/// A PostgreSQL with pgvector of one's own, that goes with its owner: see `Scripts/postgres-server`.
public final class PostgresServer: Sendable {
    public enum Failure: Error {
        /// Its last words.
        case ended(String)
    }

    private struct Running {
        let process: Process
        let input: FileHandle
        let output: FileHandle
    }

    /// The URL of a database without tables, as a role that may do anything.
    public let url: String
    private let running: Mutex<Running>

    public init() throws {
        let process = Process()
        process.executableURL = PythonEnvironment.test.executable ?? URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            (PythonEnvironment.test.executable == nil ? ["python3"] : [])
            + [SharedData.packageFolder.appending(path: "Scripts/postgres-server").path]
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let running = Running(
            process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
        guard let url = Self.line(from: running.output) else {
            throw Failure.ended(String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
        }
        self.url = url
        self.running = Mutex(running)
    }

    deinit {
        running.withLock { running in
            try? running.input.close()
            running.process.waitUntilExit()
        }
    }

    /// The one that tests share; nil where there is none. Whoever stops a server needs one of their own.
    public static let shared: PostgresServer? = {
        do {
            return try PostgresServer()
        } catch {
            print("skipped: galleries on a PostgreSQL server, which can't be started: \(error)")
            return nil
        }
    }()

    /// The URL of another database.
    public func url(database: String) -> String { String(url.dropLast("postgres".count)) + database }

    /// - Parameter word: One of the script's commands.
    /// - Returns: Its answer.
    @discardableResult
    public func command(_ word: String) throws -> String {
        try running.withLock { running in
            try running.input.write(contentsOf: Data("\(word)\n".utf8))
            guard let answer = Self.line(from: running.output) else { throw Failure.ended(word) }
            return answer
        }
    }

    private static func line(from output: FileHandle) -> String? {
        var line = Data()
        while let byte = try? output.read(upToCount: 1), !byte.isEmpty {
            if byte == Data("\n".utf8) { return String(decoding: line, as: UTF8.self) }
            line += byte
        }
        return nil
    }
}
