/// Why a server doesn't start or go on.
public enum ServerError: Error, Equatable {
    case cannotListen(address: String, port: UInt16, reason: String)
    /// The certificate or its key isn't PEM, or they don't fit.
    case unusableCertificate
    /// A setting that isn't allowed: by its name, what it is, and what may be there.
    case badSetting(name: String, value: String, allowed: String)
    /// An address that others can reach, without TLS and without the word that allows it.
    case unprotected(address: String)
    /// A server that is running keeps its socket.
    case otherAddress(running: String)
    /// No commands of this machine can be answered.
    case noSocket(path: String, reason: String)
}

extension ServerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotListen(let address, let port, let reason):
            "can't listen at \(address), port \(port): \(reason); choose another address or port"
        case .unusableCertificate:
            "the TLS certificate and key can't be used; give a certificate chain and its own private key, both PEM"
        case .badSetting(let name, let value, let allowed):
            "“\(name)” is “\(value)”; allowed is \(allowed)"
        case .unprotected(let address):
            """
            at \(address) others can reach the server, and photos and keys would go there unencrypted; give \
            --tls-certificate and --tls-key, or say --insecure where something in front of it does TLS
            """
        case .otherAddress(let running):
            "the server listens at \(running); to listen elsewhere it has to be started anew"
        case .noSocket(let path, let reason):
            """
            no commands are answered at “\(path)”: \(reason); they work without, but slower; choose another --socket, \
            or say --no-socket
            """
        }
    }
}
