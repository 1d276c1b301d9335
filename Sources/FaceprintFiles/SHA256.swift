import CGLib

/// SHA-256 by GLib, as 64 lower-case hexadecimal digits.
public enum SHA256 {
    /// The digest of bytes in memory.
    public static func hex(of bytes: UnsafeRawBufferPointer) -> String {
        var checksum = Incremental()
        checksum.update(bytes)
        return checksum.hex()
    }

    /// A digest fed in pieces.
    package struct Incremental: ~Copyable {
        private let checksum: OpaquePointer

        package init() {
            guard let checksum = g_checksum_new(G_CHECKSUM_SHA256) else {
                fatalError("GLib has SHA-256 since version 2.16")
            }
            self.checksum = checksum
        }

        deinit { g_checksum_free(checksum) }

        package mutating func update(_ bytes: UnsafeRawBufferPointer) {
            g_checksum_update(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
        }

        package mutating func hex() -> String { String(cString: g_checksum_get_string(checksum)) }
    }
}
