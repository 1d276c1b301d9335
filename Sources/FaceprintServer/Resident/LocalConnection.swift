import Glibc

/// A connection to a server at a Unix domain socket, all of which has to be done by a certain time.
final class LocalConnection {
    private let socket: CInt
    private let end: ContinuousClock.Instant

    /// - Returns: nil where nobody listens.
    init?(to path: String, until end: ContinuousClock.Instant) {
        guard let socket = LocalSocket.connect(to: path) else { return nil }
        self.socket = socket
        self.end = end
    }

    deinit { close(socket) }

    /// Whether the server belongs to this process' user or to root; root trusts every owner of a socket that it is
    /// sent to.
    var isTrusted: Bool {
        guard let user = LocalSocket.user(of: socket) else { return false }
        return user == geteuid() || user == 0 || geteuid() == 0
    }

    /// - Returns: Whether the server took it all.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if !waits(for: POLLOUT) {
                return false
            }
        }
        return true
    }

    /// Everything until the server closes; nil where that takes too long, or it is too much.
    func receiveAll(limit: Int) -> [UInt8]? {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while all.count <= limit {
            let count = recv(socket, &piece, piece.count, 0)
            if count == 0 { return all }
            if count > 0 {
                all += piece[..<count]
            } else if !waits(for: POLLIN) {
                return nil
            }
        }
        return nil
    }

    /// Waits after a call that failed.
    ///
    /// - Returns: Whether it is worth another try.
    private func waits(for event: CInt) -> Bool {
        guard errno == EAGAIN || errno == EINTR else { return false }
        let left = (end - .now) / .milliseconds(1)
        guard left > 0 else { return false }
        var wanted = pollfd(fd: socket, events: Int16(event), revents: 0)
        return poll(&wanted, 1, CInt(left.rounded(.up))) != 0
    }
}
