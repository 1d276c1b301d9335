import CSodium

/// Bytes that are kept from others: in memory that is never swapped out, has guard pages around it, and is wiped when
/// its owner goes.
///
/// They don't change after they were made, so threads may share them.
public final class SecretBytes: @unchecked Sendable {
    private let memory: UnsafeMutableRawPointer
    /// How many there are.
    public let count: Int

    /// - Parameters:
    ///   - capacity: How many there may be.
    ///   - fill: Writes bytes and returns how many.
    /// - Throws: ``GalleryError/noSecretMemory``, or what `fill` throws.
    public init(
        capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(GalleryError) -> Int
    ) throws(GalleryError) {
        Sodium.start
        guard let memory = sodium_malloc(capacity) else { throw .noSecretMemory }
        do throws(GalleryError) {
            count = try fill(UnsafeMutableRawBufferPointer(start: memory, count: capacity))
        } catch {
            sodium_free(memory)
            throw error
        }
        self.memory = memory
        sodium_mprotect_readonly(memory)
    }

    /// Bytes that nobody can guess.
    static func random(_ count: Int) throws(GalleryError) -> SecretBytes {
        try SecretBytes(capacity: count) { (buffer) throws(GalleryError) in
            randombytes_buf(buffer.baseAddress!, count)
            return count
        }
    }

    deinit { sodium_free(memory) }

    func withBytes<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: count))
    }

    /// Whether both hold the same, in a time that says nothing about where they differ.
    public static func == (a: SecretBytes, b: SecretBytes) -> Bool {
        a.count == b.count && sodium_memcmp(a.memory, b.memory, a.count) == 0
    }
}
