import Glibc

/// Unix domain sockets, by which processes of one machine talk.
enum LocalSocket {
    /// A socket that listens at a path, for the owner of this process alone. A file that a dead server has left is
    /// replaced.
    ///
    /// - Throws: ``ServerError/noSocket(path:reason:)``, also where another server listens there.
    static func listen(at path: String) throws(ServerError) -> CInt {
        guard let listening = make(CInt(SOCK_NONBLOCK.rawValue)) else { throw failure(path) }
        // What bind makes has these permissions from its first moment.
        guard fchmod(listening, 0o600) == 0 else { throw closing(listening, failure(path)) }
        var status = with(path) { bind(listening, $0, $1) }
        if status != 0, errno == EADDRINUSE {
            if let socket = connect(to: path) {
                close(socket)
                throw closing(listening, .noSocket(path: path, reason: "another server listens there"))
            }
            var information = stat()
            guard errno == ECONNREFUSED, lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFSOCK else {
                throw closing(listening, .noSocket(path: path, reason: "another file is there"))
            }
            unlink(path)
            status = with(path) { bind(listening, $0, $1) }
        }
        guard status == 0, Glibc.listen(listening, 64) == 0 else { throw closing(listening, failure(path)) }
        return listening
    }

    /// - Returns: nil where nobody listens.
    static func connect(to path: String) -> CInt? {
        guard let socket = make(CInt(SOCK_NONBLOCK.rawValue)) else { return nil }
        guard with(path, { Glibc.connect(socket, $0, $1) }) == 0 else {
            let number = errno
            close(socket)
            errno = number
            return nil
        }
        return socket
    }

    /// Who is at the other end; nil for a socket that isn't of this kind.
    static func user(of socket: CInt) -> uid_t? {
        var domain: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0, domain == AF_UNIX else { return nil }
        var peer = Credentials()
        size = socklen_t(MemoryLayout<Credentials>.size)
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else { return nil }
        return peer.user
    }

    /// The kernel's `struct ucred`.
    private struct Credentials {
        var process: pid_t = 0
        var user: uid_t = 0
        var group: gid_t = 0
    }

    private static func make(_ flags: CInt) -> CInt? {
        let socket = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue) | flags, 0)
        return socket >= 0 ? socket : nil
    }

    private static func failure(_ path: String) -> ServerError {
        .noSocket(path: path, reason: String(cString: strerror(errno)))
    }

    private static func closing(_ socket: CInt, _ error: ServerError) -> ServerError {
        close(socket)
        return error
    }

    /// Calls a function with the address of a path.
    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // The zero at its end has to have a place too.
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
