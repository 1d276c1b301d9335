import Foundation
import Synchronization
import TestSupport
import Testing

@testable import FaceprintServer

/// Generated requests over real sockets: the server answers or closes, and nothing else.
///
/// `make fuzz` sends a million, under the address sanitizer.
@Suite struct RequestFuzzTests {
    private struct Tally {
        var sent = 0
        var statuses: [Int: Int] = [:]
        /// Answers that mean a fault of the server, by their messages.
        var faults: [String: Int] = [:]
        /// What a client met that is no answer, the first of each kind.
        var failures: [String] = []
    }

    private static let clients = 8
    private static let environment = ProcessInfo.processInfo.environment

    @Test func generatedRequestsAreAnsweredOrRefused() throws {
        let count = Self.environment["FACEPRINT_FUZZ_REQUESTS"].flatMap { Int($0) } ?? 4_000
        let seed = Self.environment["FACEPRINT_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
        var settings = ServerSettings()
        settings.rateLimit = 0
        let app = try TestApplication(settings)
        var options = ListenerOptions()
        options.port = 0
        // A connection that is kept by mistake is soon missed.
        options.connectionLimit = 2 * Self.clients
        options.connectionLimitPerAddress = 2 * Self.clients
        options.bodyLimit = 1_000_000
        let server = try Server(app.application, options)
        defer { server.stop() }
        let port = try #require(UInt16(server.address.split(separator: ":").last ?? ""))
        let photo = try testPhoto(1)

        let tally = Mutex(Tally())
        var memory: [Int] = []
        // In parts, so that what the server keeps at the end of each can be compared.
        for part in 0..<Self.parts {
            DispatchQueue.concurrentPerform(iterations: Self.clients) { client in
                let number = UInt64(part * Self.clients + client)
                var generator = RequestGenerator(
                    seed: seed &* 1_000_003 &+ number, key: app.key, photo: photo)
                let share = count / Self.parts / Self.clients
                var left = share
                while left > 0 { left -= Self.converse(&generator, port, tally) }
            }
            _ = try app.gallery.removeAll()
            memory.append(try usedBytes())
        }

        let found = tally.withLock { $0 }
        let statuses = found.statuses.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        print("fuzzing: \(found.sent) requests from seed \(seed); answers: \(statuses.joined(separator: ", "))")
        print("fuzzing: bytes in use after each part: \(memory)")
        #expect(found.sent >= count * 9 / 10)
        #expect(found.faults.isEmpty, "\(found.faults)")
        #expect(found.failures.isEmpty, "\(found.failures)")
        // The damage is such that much is refused, and not all.
        #expect((found.statuses[400] ?? 0) > found.sent / 20 && (found.statuses[200] ?? 0) > found.sent / 20)
        let connection = try RawConnection(port: port)
        connection.send("GET /healthz HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n")
        #expect(try connection.answers().map(\.status) == [200])
        #expect(try app.gallery.verifyLog().count > 0)
        // Other tests of this process use memory too; a run of its own has to come back to what it was.
        if Self.environment["FACEPRINT_FUZZ_REQUESTS"] != nil {
            #expect(memory[memory.count - 1] < memory[1] + 16 << 20, "\(memory)")
        }
    }

    private static let parts = 10

    /// Some requests that have to be answered, and then a damaged one, on one connection.
    ///
    /// - Returns: How many were sent.
    private static func converse(
        _ generator: inout RequestGenerator, _ port: UInt16, _ tally: borrowing Mutex<Tally>
    ) -> Int {
        var sent = 0
        do {
            let connection = try RawConnection(port: port)
            for _ in 0..<generator.pick(0...5) {
                let request = generator.framed()
                sent += 1
                let isTaken = connection.send(request.bytes)
                guard let answer = try connection.answer(to: request.method) else {
                    // A refusal may be lost where the server closes before all was sent.
                    if isTaken { note("no answer to \(request.bytes.shown)", tally) }
                    tally.withLock { $0.sent += sent }
                    return sent
                }
                count(answer, request.bytes, tally)
                if answer.headers["connection"]?.lowercased() == "close" {
                    tally.withLock { $0.sent += sent }
                    return sent
                }
            }
            let damaged = generator.damaged()
            sent += 1
            connection.send(damaged)
            connection.endSending()
            // Its first answer only: of what is a HEAD by now the answer has no body, and where the next one begins
            // can't be told.
            for answer in try RawAnswer.all(in: connection.receiveAll(), limit: 1) { count(answer, damaged, tally) }
        } catch {
            note("\(error)", tally)
        }
        tally.withLock { $0.sent += sent }
        return max(sent, 1)
    }

    private static func count(_ answer: RawAnswer, _ request: [UInt8], _ tally: borrowing Mutex<Tally>) {
        tally.withLock { tally in
            tally.statuses[answer.status, default: 0] += 1
            guard answer.status == 500 || !(200...599).contains(answer.status) else { return }
            tally.faults["\(answer.json["message"] ?? answer.status): \(request.shown)", default: 0] += 1
        }
    }

    private static func note(_ failure: String, _ tally: borrowing Mutex<Tally>) {
        tally.withLock { if $0.failures.count < 10 { $0.failures.append(failure) } }
    }
}

extension [UInt8] {
    /// Its beginning, for a message.
    fileprivate var shown: String { String(decoding: prefix(600), as: UTF8.self).debugDescription }
}

/// Bytes of the heap that are in use, by the sanitizer's count; without it, bytes of the process that are in memory.
private func usedBytes() throws -> Int {
    if let symbol = dlsym(nil, "__sanitizer_get_current_allocated_bytes") {
        return unsafeBitCast(symbol, to: (@convention(c) () -> Int).self)()
    }
    let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
    return (Int(pages) ?? 0) * Int(getpagesize())
}
