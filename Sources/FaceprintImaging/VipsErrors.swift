import CVips
import Glibc

/// An operation of libvips failed; why, ``VipsErrors/take()`` says.
struct VipsFailure: Error {}

/// libvips' error messages. It keeps them in one buffer for all threads, so a reason read while other photos
/// are being decoded may be theirs.
enum VipsErrors {
    /// Runs work of libvips side by side with other threads. Work that libvips failed runs again alone, so that
    /// the reason it throws is its own.
    ///
    /// Photos that decode, nearly all, never wait for each other.
    static func attributed<Value>(_ work: () throws(ImagingError) -> Value) throws(ImagingError) -> Value {
        pthread_rwlock_rdlock(lock)
        do {
            defer { pthread_rwlock_unlock(lock) }
            return try work()
        } catch {
            switch error {
            case .damaged, .notEncoded: break
            default: throw error
            }
        }
        pthread_rwlock_wrlock(lock)
        defer { pthread_rwlock_unlock(lock) }
        vips_error_clear()
        return try work()
    }

    /// The first two different messages of the buffer as one line: the first may be a mere warning, later ones
    /// only say which step failed of it. Empties the buffer.
    static func take() -> String {
        guard let text = vips_error_buffer_copy() else { return "the decoder gives no reason" }
        defer { g_free(text) }
        var messages: [Substring] = []
        for line in String(cString: text).split(whereSeparator: \.isNewline) {
            // "VipsJpeg: premature end" is for developers up to its colon.
            let message = line.firstRange(of: ": ").map { line[$0.upperBound...] } ?? line
            if !message.isEmpty && !messages.contains(message) { messages.append(message) }
        }
        guard !messages.isEmpty else { return "the decoder gives no reason" }
        let printable = messages.prefix(2).joined(separator: "; ").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        return String(String.UnicodeScalarView(printable))
    }

    static func clear() { vips_error_clear() }

    /// Sends the warnings of libvips and GLib to the buffer instead of the user's terminal; libpng's reasons
    /// come only this way.
    static func captureWarnings() {
        let levels = GLogLevelFlags(
            rawValue: G_LOG_LEVEL_WARNING.rawValue | G_LOG_LEVEL_CRITICAL.rawValue | G_LOG_FLAG_RECURSION.rawValue)
        for domain in ["VIPS", "GLib", "GLib-GObject", "GModule"] {
            g_log_set_handler(domain, levels, { _, _, message, _ in fp_vips_error("warning", message) }, nil)
        }
    }

    private nonisolated(unsafe) static let lock: UnsafeMutablePointer<pthread_rwlock_t> = {
        var attributes = pthread_rwlockattr_t()
        pthread_rwlockattr_init(&attributes)
        // Else a stream of good photos could keep a damaged one waiting for ever.
        pthread_rwlockattr_setkind_np(&attributes, CInt(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
        let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)
        pthread_rwlock_init(lock, &attributes)
        return lock
    }()
}
