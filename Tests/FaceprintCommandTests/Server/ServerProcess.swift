import FaceprintGallery
import Foundation
import FoundationNetworking
import Synchronization
import TestSupport
import Testing

/// `faceprint serve` as a process of its own, and a key of all scopes for its gallery.
final class ServerProcess: Sendable {
    /// Such as `http://127.0.0.1:40123`; empty where it didn't start.
    let address: String
    let key: String
    private let process: Process
    private let output: CollectedLines
    private let errorOutput: CollectedLines

    /// Starts it on the tool's gallery, at a port that is free, and returns when it listens.
    convenience init(_ tool: CommandLineTool, _ options: String...) throws {
        try self.init(tool, ["--listen", "127.0.0.1:0", "--rate-limit", "0"] + options)
        try #require(!address.isEmpty, "the server ended before it listened: \(errors)")
    }

    /// Starts it, and returns when it listens or has ended.
    init(_ tool: CommandLineTool, _ options: [String], environment: [String: String] = [:]) throws {
        key = try Gallery(at: tool.gallery).createKey(named: UUID().uuidString, scopes: Set(Scope.allCases)).secret
        let (output, errors) = (Pipe(), Pipe())
        process = try tool.start(
            ["serve", "--gallery", tool.gallery] + options, environment: environment,
            output: output.fileHandleForWriting, errors: errors.fileHandleForWriting)
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        self.output = CollectedLines(output.fileHandleForReading)
        errorOutput = CollectedLines(errors.fileHandleForReading)
        address = self.output.next()?.firstMatch(of: /https?:\S+:\d+/).map { String($0.output) } ?? ""
    }

    deinit { kill() }

    var port: UInt16 { UInt16(address.split(separator: ":").last ?? "") ?? 0 }

    /// Waits for a line on standard output; nil at its end.
    func nextLine() -> String? { output.next() }

    /// Waits for a line on standard error; nil at its end.
    func nextErrorLine() -> String? { errorOutput.next() }

    /// What it has written to standard error: a line a request.
    var errors: String { errorOutput.all }

    func signal(_ number: CInt) { Foundation.kill(process.processIdentifier, number) }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status; below 0 the signal that ended it.
    @discardableResult
    func waitForEnd() -> CInt {
        process.waitUntilExit()
        errorOutput.waitForEnd()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Ends it as a service manager does.
    ///
    /// - Returns: Its exit status.
    func stop() -> CInt {
        signal(SIGTERM)
        return waitForEnd()
    }

    /// Ends it at once, whatever it is doing.
    func kill() {
        guard process.isRunning else { return }
        signal(SIGKILL)
        waitForEnd()
    }

    /// Sends a request on a connection of its own, and waits for the answer.
    func ask(_ method: String, _ path: String, json: Data? = nil) throws -> (status: Int, text: String) {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = method
        request.httpBody = json
        request.setValue(key, forHTTPHeaderField: "x-api-key")
        if json != nil { request.setValue("application/json", forHTTPHeaderField: "Content-Type") }
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        let answer = Mutex<Result<(Int, String), any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        session.dataTask(with: request) { data, response, error in
            answer.withLock { answer in
                answer = Result {
                    if let error { throw error }
                    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
                    return (status, String(decoding: data ?? Data(), as: UTF8.self))
                }
            }
            done.signal()
        }.resume()
        done.wait()
        return try #require(answer.withLock { $0 }).get()
    }
}

/// Clients that ask a server again and again, each on new connections.
final class Traffic: Sendable {
    private let isEnding = Mutex(false)
    private let statuses = Mutex<[Int]>([])
    private let clients = DispatchGroup()

    init(_ server: ServerProcess, clients count: Int = 4) {
        for _ in 0..<count {
            clients.enter()
            Thread.detachNewThread { [self] in
                while !isEnding.withLock({ $0 }) {
                    let status = (try? server.ask("GET", "/api/v1/door").status) ?? 0
                    statuses.withLock { $0.append(status) }
                }
                clients.leave()
            }
        }
    }

    /// - Returns: The status of every answer; 0 where there was none.
    func stop() -> [Int] {
        isEnding.withLock { $0 = true }
        clients.wait()
        return statuses.withLock { $0 }
    }
}
