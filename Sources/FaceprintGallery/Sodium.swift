import CSodium
import Foundation

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

    /// Bytes that nobody can guess.
    static func randomBytes(_ count: Int) -> [UInt8] {
        start
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    /// Base64 of letters, digits, `-` and `_`, without padding: 43 characters for 32 bytes.
    static func base64URL(_ bytes: [UInt8]) -> String {
        let variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
        sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether two texts are the same, in a time that says nothing about where they differ.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        return a.count == b.count && sodium_memcmp(a, b, a.count) == 0
    }

    /// Argon2id with its own salt and its settings in the text.
    ///
    /// - Returns: nil when memory is missing.
    static func passwordHash(_ password: String) -> String? {
        start
        var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        guard
            crypto_pwhash_str_alg(
                &text, bytes, UInt64(bytes.count), passes, memory, crypto_pwhash_alg_argon2id13()) == 0
        else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a hash has the settings that ``passwordHash(_:)`` uses: another's could ask for any time and memory.
    static func isPasswordHash(_ hash: String) -> Bool {
        hash.utf8.count < crypto_pwhash_strbytes()
            && hash.hasPrefix("$argon2id$v=19$m=\(memory / 1024),t=\(passes),p=1$")
    }

    /// Whether a password has that hash.
    ///
    /// - Returns: nil when memory is missing.
    static func matches(_ password: String, hash: String) -> Bool? {
        start
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        errno = 0
        if crypto_pwhash_str_verify(hash, bytes, UInt64(bytes.count)) == 0 { return true }
        return errno == ENOMEM ? nil : false
    }

    /// What libsodium calls interactive: some 50 ms. Written out, as hashes of today are to be known in later versions.
    private static let passes: UInt64 = 2
    private static let memory = 64 << 20

    static let start: Void = {
        guard sodium_init() >= 0 else { fatalError("libsodium can't start: the system gives no random numbers") }
    }()
}
