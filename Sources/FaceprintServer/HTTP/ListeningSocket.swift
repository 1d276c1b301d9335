import Glibc

/// The socket that a server listens at.
enum ListeningSocket {
    /// - Throws: ``ServerError/cannotListen(address:port:reason:)``.
    static func open(_ options: ListenerOptions) throws(ServerError) -> CInt {
        func failure(_ reason: String) -> ServerError {
            .cannotListen(address: options.address, port: options.port, reason: reason)
        }
        guard let place = find(options.address, options.port) else { throw failure("it is no IP address") }
        defer { freeaddrinfo(place) }
        let listening = socket(
            place.pointee.ai_family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard listening >= 0 else { throw failure(String(cString: strerror(errno))) }
        var on: CInt = 1
        setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        guard bind(listening, place.pointee.ai_addr, place.pointee.ai_addrlen) == 0, listen(listening, 1024) == 0
        else {
            let reason = String(cString: strerror(errno))
            close(listening)
            throw failure(reason)
        }
        return listening
    }

    /// Whether text is an IPv4 or IPv6 address.
    static func isAddress(_ text: String) -> Bool {
        guard let found = find(text, 0) else { return false }
        freeaddrinfo(found)
        return true
    }

    private static func find(_ address: String, _ port: UInt16) -> UnsafeMutablePointer<addrinfo>? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        return getaddrinfo(address, "\(port)", &hints, &found) == 0 ? found : nil
    }
}
