import CSodium

/// `fp_<id>_<secret>`: the id in 16 hexadecimal digits, 32 random bytes in base64url.
struct KeySecret {
    let id: String
    let text: String

    /// A new one.
    init() {
        id = Sodium.randomBytes(8).hexadecimal
        text = "fp_\(id)_\(Sodium.base64URL(Sodium.randomBytes(32)))"
    }

    /// nil for text of any other form.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 63, bytes.starts(with: "fp_".utf8), bytes[19] == UInt8(ascii: "_"),
            bytes[3..<19].allSatisfy(Self.hexadecimal.contains), bytes[20...].allSatisfy(Self.base64URL.contains)
        else { return nil }
        id = String(decoding: bytes[3..<19], as: UTF8.self)
        self.text = text
    }

    /// What is stored of it; takes some 50 ms and 64 MiB.
    ///
    /// - Returns: nil when memory is missing.
    func hash() -> String? { Sodium.passwordHash(text) }

    private static let hexadecimal = Set("0123456789abcdef".utf8)
    private static let base64URL = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
