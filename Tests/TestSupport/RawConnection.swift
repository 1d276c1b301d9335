import Foundation
import Glibc

/// A connection to a server on this machine, for what no well-behaved client sends.
public final class RawConnection {
    public enum Failure: Error {
        case notConnected(errno: Int32)
        /// The server neither answers nor closes.
        case silence
        /// The server's answer isn't HTTP.
        case malformedAnswer(String)
    }

    private let socket: CInt

    public init(port: UInt16) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure.notConnected(errno: errno) }
        // The head and the body may be two pieces; neither is to wait for the other's confirmation.
        var on: CInt = 1
        setsockopt(socket, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        wait(seconds: 60)
    }

    deinit { close(socket) }

    /// How long ``receive()`` waits before it gives up.
    public func wait(seconds: Double) {
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e6))
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// - Returns: Whether the server took it all.
    @discardableResult
    public func send(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Says that no more will be sent.
    public func endSending() { shutdown(socket, CInt(SHUT_WR)) }

    /// What has arrived; empty where the server has closed, nil where it was silent for too long.
    public func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &buffer, buffer.count, 0)
        // A server that closes with something unread resets the connection.
        guard count >= 0 else { return errno == ECONNRESET || errno == EPIPE ? [] : nil }
        return Array(buffer[..<count])
    }

    /// The next answer; nil where the server closes instead.
    ///
    /// Nothing may have been sent that has another answer yet.
    public func answer(to method: String = "GET") throws -> RawAnswer? {
        var bytes: [UInt8] = []
        while true {
            if let answer = try RawAnswer.all(in: bytes, to: [method]).first { return answer }
            guard let piece = receive() else { throw Failure.silence }
            guard !piece.isEmpty else { return nil }
            bytes += piece
        }
    }

    /// Everything until the server closes.
    public func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            guard let piece = receive() else { throw Failure.silence }
            guard !piece.isEmpty else { return all }
            all += piece
        }
    }

    /// The answers until the server closes.
    public func answers(to methods: [String] = []) throws -> [RawAnswer] {
        try RawAnswer.all(in: try receiveAll(), to: methods)
    }
}

/// An answer as it came over the network.
public struct RawAnswer {
    public let status: Int
    /// By their names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]

    public var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:] }

    /// Several that follow each other. One that is cut short is left out: the connection was reset.
    ///
    /// - Parameters:
    ///   - methods: Of the requests, for answers without bodies.
    ///   - limit: The most answers to read.
    public static func all(
        in bytes: [UInt8], to methods: [String] = [], limit: Int = .max
    ) throws -> [RawAnswer] {
        var answers: [RawAnswer] = []
        var rest = bytes[...]
        while answers.count < limit, let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
            let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let words = lines.first?.split(separator: " ") ?? []
            guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
                throw RawConnection.Failure.malformedAnswer(String(decoding: rest.prefix(200), as: UTF8.self))
            }
            rest = rest[end.upperBound...]
            if status == 100 { continue }
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { continue }
                headers[line[..<colon].lowercased()] = line[line.index(after: colon)...]
                    .trimmingCharacters(in: .whitespaces)
            }
            let method = answers.count < methods.count ? methods[answers.count] : "GET"
            let length = method == "HEAD" || status == 204 ? 0 : headers["content-length"].flatMap { Int($0) } ?? 0
            guard rest.count >= length else { break }
            answers.append(RawAnswer(status: status, headers: headers, body: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return answers
    }
}
