import Glibc

/// Standard output and standard error, a whole line at a time and without a buffer: a line that was printed is
/// with its reader, whatever happens to this process next.
enum Console {
    static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    static func error(_ text: String) { write("faceprint: " + text + "\n", to: STDERR_FILENO) }

    /// Something that isn't a whole line, on standard error.
    static func progress(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: CInt) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            // Nobody reads any more, or the disk is full: there is nowhere left to say so.
            if written <= 0 { ExitStatus.failure.leave() }
            bytes = bytes.dropFirst(written)
        }
    }
}
