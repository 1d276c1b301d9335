import CSodium
import Foundation

/// Sealing and what it takes keys from. A key has 32 bytes.
extension Sodium {
    static let keySize = 32
    /// What sealed bytes have more than plain ones: the nonce before them, and the tag after them.
    static let sealSize = nonceSize + 16

    private static let nonceSize = 24

    /// Seals by XChaCha20-Poly1305 under a random nonce.
    ///
    /// - Parameter data: What has to be the same when it is opened.
    /// - Returns: The nonce, the sealed bytes, the tag.
    static func seal(_ plain: UnsafeRawBufferPointer, bound data: [UInt8], key: SecretBytes) -> [UInt8] {
        let bytes = plain.bindMemory(to: UInt8.self)
        return [UInt8](unsafeUninitializedCapacity: plain.count + sealSize) { buffer, count in
            let start = buffer.baseAddress!
            randombytes_buf(start, nonceSize)
            key.withBytes { key in
                _ = crypto_aead_xchacha20poly1305_ietf_encrypt(
                    start + nonceSize, nil, bytes.baseAddress, UInt64(bytes.count), data, UInt64(data.count), nil,
                    start, key.baseAddress!)
            }
            count = buffer.count
        }
    }

    /// Opens what ``seal(_:bound:key:)`` made.
    ///
    /// - Parameter plain: Gets the bytes; has to have ``sealSize`` fewer than `sealed`.
    /// - Returns: Whether they are what was sealed; false leaves nothing of use in `plain`.
    static func open(
        _ sealed: UnsafeRawBufferPointer, bound data: [UInt8], key: SecretBytes,
        into plain: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard sealed.count >= sealSize, plain.count == sealed.count - sealSize else { return false }
        let start = sealed.bindMemory(to: UInt8.self).baseAddress!
        return key.withBytes { key in
            crypto_aead_xchacha20poly1305_ietf_decrypt(
                plain.bindMemory(to: UInt8.self).baseAddress, nil, nil, start + nonceSize,
                UInt64(sealed.count - nonceSize), data, UInt64(data.count), start, key.baseAddress!) == 0
        }
    }

    /// The 32 bytes that only who has the key can compute of some data: BLAKE2b.
    static func tag(_ data: [UInt8], key: SecretBytes) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: 32)
        key.withBytes { key in
            _ = crypto_generichash(&tag, tag.count, data, UInt64(data.count), key.baseAddress, key.count)
        }
        return tag
    }

    /// Whether two byte strings are the same, in a time that says nothing about where they differ.
    static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && sodium_memcmp(a, b, a.count) == 0
    }

    /// A key made of another, by its number; neither says anything about the other.
    static func subkey(_ number: UInt64, of key: SecretBytes) throws(GalleryError) -> SecretBytes {
        try SecretBytes(capacity: keySize) { (buffer) throws(GalleryError) in
            key.withBytes { key in
                _ = crypto_kdf_derive_from_key(
                    buffer.bindMemory(to: UInt8.self).baseAddress!, keySize, number, "fp-rows ", key.baseAddress!)
            }
            return keySize
        }
    }

    /// A key made of a passphrase, by Argon2id.
    ///
    /// - Throws: ``GalleryError/noSecretMemory`` where the memory that it takes is missing.
    static func key(of passphrase: SecretBytes, _ stretching: Stretching) throws(GalleryError) -> SecretBytes {
        try SecretBytes(capacity: keySize) { (buffer) throws(GalleryError) in
            let isMade = passphrase.withBytes { passphrase in
                passphrase.withMemoryRebound(to: CChar.self) {
                    crypto_pwhash(
                        buffer.bindMemory(to: UInt8.self).baseAddress!, UInt64(keySize), $0.baseAddress!,
                        UInt64($0.count), stretching.salt, UInt64(stretching.passes), stretching.memory,
                        crypto_pwhash_alg_argon2id13()) == 0
                }
            }
            guard isMade else { throw .noSecretMemory }
            return keySize
        }
    }
}

/// How a key is made of a passphrase.
struct Stretching: Equatable {
    /// 16 bytes.
    let salt: [UInt8]
    let passes: Int
    /// In bytes.
    let memory: Int

    /// A new one, which takes some 0.6 s: what libsodium calls moderate.
    init() {
        salt = Sodium.randomBytes(16)
        passes = Self.passes
        memory = Self.memory
    }

    /// One that is stored; nil where it isn't ours: another's could ask for any time and memory.
    init?(salt: [UInt8], passes: Int, memory: Int) {
        guard salt.count == 16, passes == Self.passes, memory == Self.memory else { return nil }
        self.salt = salt
        self.passes = passes
        self.memory = memory
    }

    private static let passes = 3
    private static let memory = 256 << 20
}
