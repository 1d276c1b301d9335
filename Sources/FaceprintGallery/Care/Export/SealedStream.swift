import CSodium

/// The frame of a sealed export: a start that says how the key is derived, then libsodium's secretstream
/// (XChaCha20-Poly1305) in chunks, each after its length in 4 bytes, the lowest first. The last chunk is marked, so that
/// an end that is cut off is found.
///
/// The start is `FPSEALED`, a 1, a 1 for a passphrase or else 0, the 16 bytes of the salt, the passes (4 bytes) and
/// the memory in KiB (4 bytes) of Argon2id, all zero without a passphrase; the stream's own header of 24 bytes follows.
/// The start is authenticated with the first chunk.
enum SealedStream {
    static let magic = Array("FPSEALED".utf8)
    static let startSize = 8 + 1 + 1 + 16 + 4 + 4
    static let headerSize = Int(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    /// Of what is sealed; a chunk is 17 bytes longer.
    static let chunkSize = 1 << 16
    static let overhead = Int(crypto_secretstream_xchacha20poly1305_ABYTES)

    static func start(_ stretching: Stretching?) -> [UInt8] {
        magic + [1, stretching == nil ? 0 : 1] + (stretching?.salt ?? [UInt8](repeating: 0, count: 16))
            + bytes(stretching?.passes ?? 0) + bytes((stretching?.memory ?? 0) / 1024)
    }

    static func bytes(_ number: Int) -> [UInt8] { withUnsafeBytes(of: UInt32(number).littleEndian) { Array($0) } }

    static func number(_ bytes: some Collection<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

/// Seals what is written, chunk by chunk.
struct SealingWriter {
    private var state = crypto_secretstream_xchacha20poly1305_state()
    private var pending: [UInt8] = []
    /// What is authenticated with the next chunk.
    private var additional: [UInt8]

    /// - Returns: What the file begins with.
    static func start(_ key: SealKey) throws(GalleryError) -> (writer: SealingWriter, bytes: [UInt8]) {
        let stretching = key.isPassphrase ? Stretching() : nil
        guard let secret = try key.wrappingKey(stretching) else {
            preconditionFailure("a passphrase is stretched, and nothing else")
        }
        let start = SealedStream.start(stretching)
        var writer = SealingWriter(additional: start)
        var header = [UInt8](repeating: 0, count: SealedStream.headerSize)
        secret.withBytes { secret in
            _ = crypto_secretstream_xchacha20poly1305_init_push(&writer.state, &header, secret.baseAddress!)
        }
        return (writer, start + header)
    }

    private init(additional: [UInt8]) { self.additional = additional }

    /// - Returns: What is to be written now.
    mutating func seal(_ bytes: some Sequence<UInt8>, isLast: Bool = false) -> [UInt8] {
        pending.append(contentsOf: bytes)
        var result: [UInt8] = []
        var done = 0
        while pending.count - done > SealedStream.chunkSize {
            result += chunk(pending[done..<(done + SealedStream.chunkSize)], isLast: false)
            done += SealedStream.chunkSize
        }
        if done > 0 { pending.removeFirst(done) }
        if isLast { result += chunk(pending[...], isLast: true) }
        return result
    }

    private mutating func chunk(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
        let tag = isLast ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0
        var sealed = [UInt8](repeating: 0, count: bytes.count + SealedStream.overhead)
        bytes.withUnsafeBufferPointer { bytes in
            _ = crypto_secretstream_xchacha20poly1305_push(
                &state, &sealed, nil, bytes.baseAddress, UInt64(bytes.count), additional, UInt64(additional.count),
                UInt8(tag))
        }
        additional = []
        return SealedStream.bytes(sealed.count) + sealed
    }
}

/// Opens what ``SealingWriter`` sealed.
struct SealedReader {
    private var state = crypto_secretstream_xchacha20poly1305_state()
    private var additional: [UInt8]

    /// - Parameters:
    ///   - start: ``SealedStream/startSize`` bytes.
    ///   - header: ``SealedStream/headerSize`` bytes.
    init(_ key: SealKey, start: [UInt8], header: [UInt8]) throws(GalleryError) {
        guard start.count == SealedStream.startSize, header.count == SealedStream.headerSize else {
            throw .exportCutOff
        }
        guard start[8] == 1, start[9] <= 1 else {
            throw .damagedExport(line: 0, reason: "it is sealed in a way of a later version")
        }
        var stretching: Stretching?
        if start[9] == 1 {
            stretching = Stretching(
                salt: Array(start[10..<26]), passes: SealedStream.number(start[26..<30]),
                memory: SealedStream.number(start[30..<34]) * 1024)
            guard stretching != nil else {
                throw .damagedExport(line: 0, reason: "its passphrase is said to be stretched as none is")
            }
        }
        guard let secret = try key.wrappingKey(stretching) else { throw .wrongExportKey }
        additional = start
        let isRight = secret.withBytes {
            crypto_secretstream_xchacha20poly1305_init_pull(&state, header, $0.baseAddress!) == 0
        }
        guard isRight else { throw .wrongExportKey }
    }

    /// - Returns: What the chunk holds, and whether it is the last one.
    mutating func open(_ chunk: [UInt8]) throws(GalleryError) -> (bytes: [UInt8], isLast: Bool) {
        guard chunk.count >= SealedStream.overhead else { throw .wrongExportKey }
        var bytes = [UInt8](repeating: 0, count: chunk.count - SealedStream.overhead)
        var tag: UInt8 = 0
        let code = crypto_secretstream_xchacha20poly1305_pull(
            &state, &bytes, nil, &tag, chunk, UInt64(chunk.count), additional, UInt64(additional.count))
        guard code == 0 else { throw .wrongExportKey }
        additional = []
        return (bytes, tag == UInt8(crypto_secretstream_xchacha20poly1305_TAG_FINAL))
    }
}
