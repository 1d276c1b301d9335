import CSodium
import FaceprintFiles
import Foundation

extension SealKey {
    /// A key from a file: 32 bytes in base64.
    ///
    /// - Throws: ``GalleryError/invalidSealKey(_:reason:)``, also where others than the file's owner and group may read
    ///   it, or others than its owner may write it.
    public static func file(_ path: String) throws(GalleryError) -> SealKey {
        let name = "the key file \(path.quoted)"
        let text = try contents(ofFileAt: path, name, isGuarded: true)
        return SealKey(key: try key(text, name))
    }

    /// A key from a variable of the environment, as base64. The variable is wiped and removed: the programs that this
    /// one starts don't get it, and it can be read once.
    ///
    /// No other thread may use the environment meanwhile.
    public static func environment(_ name: String) throws(GalleryError) -> SealKey {
        let source = "the key in the variable \(name.quoted)"
        guard let value = getenv(name) else { throw .invalidSealKey(source, reason: "there is no such variable") }
        let size = strlen(value)
        defer {
            sodium_memzero(value, size)
            unsetenv(name)
        }
        let text = try SecretBytes(capacity: size) { (buffer) throws(GalleryError) in
            buffer.copyMemory(from: UnsafeRawBufferPointer(start: value, count: size))
            return size
        }
        return SealKey(key: try key(text, source))
    }

    /// A key that systemd gives to a service, in the form of a key file: see `LoadCredential=` in systemd.exec(5).
    public static func credential(_ name: String) throws(GalleryError) -> SealKey {
        let source = "the credential \(name.quoted)"
        guard let folder = getenv("CREDENTIALS_DIRECTORY").map({ String(cString: $0) }), !folder.isEmpty else {
            throw .invalidSealKey(source, reason: "systemd gave this process none; see LoadCredential= of its unit")
        }
        guard !name.isEmpty, !name.contains("/"), name != ".." else {
            throw .invalidSealKey(source, reason: "that is no name of a credential")
        }
        let text = try contents(ofFileAt: folder + "/" + name, source, isGuarded: false)
        return SealKey(key: try key(text, source))
    }

    /// A passphrase from a file, without the line's end.
    ///
    /// - Throws: As ``file(_:)`` does.
    public static func passphraseFile(_ path: String) throws(GalleryError) -> SealKey {
        let name = "the passphrase file \(path.quoted)"
        let text = try contents(ofFileAt: path, name, isGuarded: true)
        return try SealKey(
            passphrase: SecretBytes(capacity: text.count) { (buffer) throws(GalleryError) in
                text.withBytes { text in
                    var line = text[...]
                    while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
                        line.removeLast()
                    }
                    buffer.copyBytes(from: line)
                    return line.count
                }
            })
    }

    /// Makes a key and a file for it, in base64, which only its owner may read.
    ///
    /// - Throws: ``GalleryError/invalidSealKey(_:reason:)``, also where a file is there already.
    public static func makeFile(_ path: String) throws(GalleryError) {
        let name = "the key file \(path.quoted)"
        let text = try newKeyText()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let isThere = errno == EEXIST
            throw .invalidSealKey(
                name, reason: isThere ? "a file is there already, which is left as it is" : lastSystemError)
        }
        defer { close(descriptor) }
        let written = text.withBytes { write(descriptor, $0.baseAddress!, $0.count) }
        guard written == text.count, fsync(descriptor) == 0 else {
            let reason = lastSystemError
            unlink(path)
            throw .invalidSealKey(name, reason: reason)
        }
        synchronizeFolder(of: path)
    }

    /// A new key in base64, with a line's end.
    private static func newKeyText() throws(GalleryError) -> SecretBytes {
        let key = try SecretBytes.random(Sodium.keySize)
        let variant = sodium_base64_VARIANT_ORIGINAL
        let size = sodium_base64_encoded_len(Sodium.keySize, variant)
        return try SecretBytes(capacity: size) { (buffer) throws(GalleryError) in
            let text = buffer.bindMemory(to: CChar.self).baseAddress!
            _ = key.withBytes { sodium_bin2base64(text, size, $0.baseAddress!, $0.count, variant) }
            // In the place of the zero.
            text[size - 1] = CChar(UInt8(ascii: "\n"))
            return size
        }
    }

    /// A key's 32 bytes, of a text in base64 with or without padding and white space. Bytes as they are could be a
    /// short password.
    private static func key(_ text: SecretBytes, _ source: String) throws(GalleryError) -> SecretBytes {
        try SecretBytes(capacity: Sodium.keySize) { (buffer) throws(GalleryError) in
            let isKey = text.withBytes { text in
                let line = text.withMemoryRebound(to: CChar.self) { $0 }
                return [sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING].contains { variant in
                    var count = 0
                    var end: UnsafePointer<CChar>?
                    return sodium_base642bin(
                        buffer.bindMemory(to: UInt8.self).baseAddress!, buffer.count, line.baseAddress!, line.count,
                        "\r\n\t ", &count, &end, variant) == 0
                        && count == Sodium.keySize && end == line.baseAddress! + line.count
                }
            }
            guard isKey else {
                throw .invalidSealKey(
                    source, reason: "it isn't 32 bytes in base64; `faceprint gallery key FILE` makes a right one")
            }
            return Sodium.keySize
        }
    }

    /// - Parameter isGuarded: Whether its permissions have to be those of a secret.
    private static func contents(
        ofFileAt path: String, _ name: String, isGuarded: Bool
    ) throws(GalleryError) -> SecretBytes {
        // Not blocking: a named pipe without a writer would hang here.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .invalidSealKey(name, reason: lastSystemError) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .invalidSealKey(name, reason: lastSystemError) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .invalidSealKey(name, reason: "it is not a regular file")
        }
        guard !isGuarded || status.st_mode & 0o027 == 0 else {
            throw .invalidSealKey(name, reason: "others may read or write it; allow it to its owner: chmod 600")
        }
        guard (1...fileLimit).contains(status.st_size) else {
            throw .invalidSealKey(name, reason: "it has \(status.st_size) bytes; from 1 to \(fileLimit) are read")
        }
        return try SecretBytes(capacity: status.st_size) { (buffer) throws(GalleryError) in
            let count = read(descriptor, buffer.baseAddress!, buffer.count)
            guard count > 0 else { throw .invalidSealKey(name, reason: lastSystemError) }
            return count
        }
    }

    /// In bytes.
    private static let fileLimit = 1024

    private static var lastSystemError: String { String(cString: strerror(errno)) }
}
