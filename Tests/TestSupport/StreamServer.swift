import Foundation
import Glibc

/// A server on this machine that sends each one who connects some bytes and closes: a stream that ends, and begins
/// again.
public final class StreamServer: Sendable {
    public let port: UInt16
    private let socket: CInt

    /// - Parameter bodies: What the first, second, … gets. After the last one nobody is let in.
    public init(_ bodies: [[UInt8]]) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 8) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
        let thread = Thread {
            for (number, body) in bodies.enumerated() {
                let connection = accept(socket, nil, nil)
                // Whoever tries again after the last one is refused.
                if number == bodies.count - 1 { close(socket) }
                guard connection >= 0 else { return }
                var sent = 0
                while sent < body.count {
                    let count = body.withUnsafeBytes {
                        send(connection, $0.baseAddress! + sent, body.count - sent, CInt(MSG_NOSIGNAL))
                    }
                    guard count > 0 else { break }
                    sent += count
                }
                close(connection)
            }
        }
        thread.start()
    }
}
