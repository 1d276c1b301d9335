import CSodium

/// libsodium, made ready before its first use.
enum Sodium {
    /// - Returns: The 32 bytes of the SHA-256 of what `body` feeds.
    static func sha256(_ body: (inout SHA256) -> Void) -> [UInt8] {
        start
        var hash = SHA256()
        body(&hash)
        return hash.digest()
    }

    /// A digest fed in pieces.
    struct SHA256 {
        private var state = crypto_hash_sha256_state()

        fileprivate init() { crypto_hash_sha256_init(&state) }

        mutating func update(_ bytes: some Sequence<UInt8>) {
            let bytes = Array(bytes)
            crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
        }

        fileprivate mutating func digest() -> [UInt8] {
            var digest = [UInt8](repeating: 0, count: 32)
            crypto_hash_sha256_final(&state, &digest)
            return digest
        }
    }

    private static let start: Void = {
        guard sodium_init() >= 0 else { fatalError("libsodium can't start: the system gives no random numbers") }
    }()
}
