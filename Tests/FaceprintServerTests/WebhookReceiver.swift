import Foundation
import Synchronization
import Testing

/// An HTTP server on a port of this machine, which keeps what it is sent and answers all with the same bytes.
final class WebhookReceiver: Sendable {
    struct Request: Sendable {
        var line = ""
        /// By their names in lower case.
        var headers: [String: String] = [:]
        var body = Data()
    }

    /// What its thread has, which ends when the receiver goes.
    private final class Socket: Sendable {
        let number = socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let received = Mutex<[Request]>([])

        deinit { close(number) }
    }

    let url: URL
    private let listening = Socket()

    /// - Parameter answer: Empty for none.
    init(answer: String) throws {
        let number = listening.number
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, size) == 0 && getsockname(number, $0, &size) == 0 && listen(number, 8) == 0
            }
        }
        try #require(isListening)
        url = try #require(URL(string: "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/open"))
        Thread.detachNewThread { [listening] in Self.serve(listening, answer) }
    }

    deinit { stop() }

    var requests: [Request] { listening.received.withLock { $0 } }

    /// Refuses connections from here on.
    func stop() { _ = shutdown(listening.number, CInt(SHUT_RDWR)) }

    private static func serve(_ listening: Socket, _ answer: String) {
        var connections: [FileHandle] = []
        while case let connection = accept(listening.number, nil, nil), connection >= 0 {
            let handle = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
            let request = request(from: handle)
            listening.received.withLock { $0.append(request) }
            try? handle.write(contentsOf: Data(answer.utf8))
            // Open, so that an answer may have no end.
            connections.append(handle)
        }
    }

    private static func request(from handle: FileHandle) -> Request {
        var bytes = Data()
        var request = Request()
        while let more = try? handle.read(upToCount: 1), !more.isEmpty {
            bytes.append(more)
            guard bytes.suffix(4) == Data("\r\n\r\n".utf8) else { continue }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
            request.line = lines.first ?? ""
            for line in lines.dropFirst() {
                let colon = line.firstIndex(of: ":") ?? line.endIndex
                let value = line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
                request.headers[line[..<colon].lowercased()] = value
            }
            let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
            request.body = (try? handle.read(upToCount: length)) ?? Data()
            break
        }
        return request
    }
}
