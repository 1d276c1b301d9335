import CSodium

/// What an export is sealed with.
public enum ExportKey: Sendable {
    /// 32 bytes that nobody can guess.
    case bytes([UInt8])
    /// Turned into a key by Argon2id.
    case passphrase(String)

    /// How a passphrase becomes a key, as it stands in a sealed export.
    struct Derivation {
        let salt: [UInt8]
        let passes: Int
        /// In bytes.
        let memory: Int

        /// What libsodium calls moderate: some 0.7 s and 256 MiB, as an export may be attacked for years.
        static func new() -> Derivation { Derivation(salt: Sodium.randomBytes(16), passes: 3, memory: 256 << 20) }

        /// Another's file could ask for any time and memory.
        var isAcceptable: Bool { (1...10).contains(passes) && (8192...(1 << 30)).contains(memory) }
    }

    var isPassphrase: Bool {
        if case .passphrase = self { true } else { false }
    }

    /// The 32 bytes.
    ///
    /// - Parameter derivation: nil for a key that is no passphrase.
    func key(_ derivation: Derivation?) throws(GalleryError) -> [UInt8] {
        switch self {
        case .bytes(let bytes):
            guard bytes.count == 32 else { throw .wrongExportKey }
            return bytes
        case .passphrase(let text):
            guard let derivation else { throw .wrongExportKey }
            guard let key = Sodium.key(of: text, derivation) else {
                throw .failed(path: "", reason: "there is not enough memory to derive a key")
            }
            return key
        }
    }
}

extension Sodium {
    /// 32 bytes of Argon2id.
    ///
    /// - Returns: nil when memory is missing.
    static func key(of passphrase: String, _ derivation: ExportKey.Derivation) -> [UInt8]? {
        _ = randomBytes(0)
        var key = [UInt8](repeating: 0, count: 32)
        let text = passphrase.utf8.map { CChar(bitPattern: $0) }
        let code = crypto_pwhash(
            &key, 32, text, UInt64(text.count), derivation.salt, UInt64(derivation.passes), derivation.memory,
            crypto_pwhash_alg_argon2id13())
        return code == 0 ? key : nil
    }
}
