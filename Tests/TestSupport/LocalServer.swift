import Foundation
import Glibc
import Synchronization

/// A server at a Unix domain socket that does to everybody who connects what no good server does.
public final class LocalServer: Sendable {
    public enum Behaviour: Sendable {
        /// Takes the connection and closes it.
        case closes
        /// Says this when something has arrived, and closes.
        case says([UInt8])
        /// Takes the connection, and does no more.
        case hangs
    }

    private let socket: CInt
    private let connections = Mutex<[CInt]>([])

    public init(at path: String, _ behaviour: Behaviour) throws {
        socket = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let socket = socket
        let isListening = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(socket, 8) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileWriteUnknown) }
        let thread = Thread { [weak self] in
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                switch behaviour {
                case .closes: close(connection)
                case .says(let bytes):
                    var piece = [UInt8](repeating: 0, count: 1 << 16)
                    _ = recv(connection, &piece, piece.count, 0)
                    _ = send(connection, bytes, bytes.count, CInt(MSG_NOSIGNAL))
                    // What it hasn't read is thrown away, so that what it said arrives.
                    shutdown(connection, CInt(SHUT_WR))
                    while recv(connection, &piece, piece.count, 0) > 0 {}
                    close(connection)
                case .hangs: self?.connections.withLock { $0.append(connection) }
                }
            }
        }
        thread.start()
    }

    deinit {
        // It wakes whoever waits in accept.
        shutdown(socket, CInt(SHUT_RDWR))
        close(socket)
        for connection in connections.withLock({ $0 }) { close(connection) }
    }
}
