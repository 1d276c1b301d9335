import FaceprintFiles
import FaceprintServer

extension ListenerOptions {
    /// - Throws: ``UsageError``, `ServerError`, or `FileError` for a file that can't be read.
    init(_ arguments: Arguments) throws {
        self.init()
        if let text = arguments.string("listen") { try listen(at: text) }
        switch (arguments.string("tls-certificate"), arguments.string("tls-key")) {
        case (nil, nil): break
        case (let certificate?, let key?):
            tls = .init(certificate: try File.text(certificate), key: try File.text(key))
        default: throw UsageError("give --tls-certificate and --tls-key, or neither")
        }
        if let megabytes = try arguments.number("max-body", in: 0.01...1_000) {
            bodyLimit = Int(megabytes * 1_000_000)
        }
        if let count = try arguments.number("max-connections", in: 1...50_000) {
            connectionLimit = count
            connectionLimitPerAddress = max(count / 2, 1)
        }
        seconds = try arguments.number("request-seconds", in: 1...3_600) ?? seconds
        guard isLoopback || tls != nil || arguments.has("insecure") else {
            throw ServerError.unprotected(address: address)
        }
    }
}

extension File {
    /// A small file of text.
    static func text(_ path: String) throws -> String {
        String(decoding: try read(path, limit: 1 << 20), as: UTF8.self)
    }
}
