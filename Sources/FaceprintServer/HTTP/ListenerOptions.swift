/// Where a server listens, and how much it takes.
public struct ListenerOptions: Hashable, Sendable {
    /// A certificate chain and its private key, both PEM.
    public struct TLS: Hashable, Sendable {
        public var certificate: String
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// An IPv4 or IPv6 address of this machine; `0.0.0.0` or `::` for all.
    public var address = "127.0.0.1"
    /// 0 for one that is free.
    public var port: UInt16 = 8000
    /// nil for plain HTTP.
    public var tls: TLS?
    /// Of one request, in bytes.
    public var bodyLimit = 16_000_000
    /// Of all requests that are arriving or waiting, in bytes.
    public var bodiesLimit = 512_000_000
    public var connectionLimit = 512
    public var connectionLimitPerAddress = 256
    /// In which a request must have arrived whole, and its answer must have been taken.
    public var seconds = 30
    /// Requests that are worked on at once.
    public var workers = 32

    public init() {}
}

extension ListenerOptions {
    /// Sets where to listen.
    ///
    /// - Parameter text: `ADDRESS:PORT`, `[ADDRESS]:PORT` for IPv6, or a port alone.
    /// - Throws: ``ServerError/badSetting(name:value:allowed:)``.
    public mutating func listen(at text: String) throws(ServerError) {
        let colon = text.lastIndex(of: ":")
        let port = colon.map { text[text.index(after: $0)...] } ?? text[...]
        var host = colon.map { String(text[..<$0]) } ?? address
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard let port = UInt16(port), ListeningSocket.isAddress(host) else {
            throw .badSetting(
                name: "listen", value: text,
                allowed: "an IP address of this machine and a port, such as 127.0.0.1:8000 or [::]:8000")
        }
        (address, self.port) = (host, port)
    }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool { address == "::1" || address.hasPrefix("127.") }
}
