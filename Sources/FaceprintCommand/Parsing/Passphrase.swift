import FaceprintGallery
import Glibc

/// A passphrase from the terminal, without showing it, or else from a line of standard input.
enum Passphrase {
    /// In bytes.
    private static let limit = 1024

    /// - Parameters:
    ///   - prompt: What is asked for.
    ///   - twice: Whether it is asked for again, to be sure that it is what was meant.
    static func read(_ prompt: String, twice: Bool) throws -> SecretBytes {
        guard isatty(STDIN_FILENO) == 1 else { return try line(from: STDIN_FILENO) }
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return try line(from: STDIN_FILENO) }
        defer { close(terminal) }
        let first = try ask(prompt, at: terminal)
        if twice {
            guard try ask("the same again", at: terminal) == first else {
                throw UsageError("the two passphrases differ")
            }
        }
        return first
    }

    private static func ask(_ prompt: String, at terminal: CInt) throws -> SecretBytes {
        write("faceprint: \(prompt): ", to: terminal)
        var settings = termios()
        tcgetattr(terminal, &settings)
        var silent = settings
        // An interrupt would leave the terminal silent: its character ends the line instead.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VEOL)] = $0[Int(VINTR)] }
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &settings)
            write("\n", to: terminal)
        }
        return try line(from: terminal, cancelledBy: withUnsafeBytes(of: settings.c_cc) { $0[Int(VINTR)] })
    }

    /// A line, a byte at a time: what follows it stays for the next.
    private static func line(from descriptor: CInt, cancelledBy interrupt: UInt8? = nil) throws -> SecretBytes {
        var isCancelled = false
        let line = try SecretBytes(capacity: limit) { buffer in
            var count = 0
            while count < buffer.count {
                let got = Glibc.read(descriptor, buffer.baseAddress! + count, 1)
                if got < 0 && errno == EINTR { continue }
                if got <= 0 || buffer[count] == UInt8(ascii: "\n") { break }
                isCancelled = isCancelled || buffer[count] == interrupt
                if isCancelled { break }
                count += 1
            }
            return count
        }
        if isCancelled { throw UsageError("no passphrase was given") }
        guard line.count < limit else { throw UsageError("a passphrase has fewer than \(limit) bytes") }
        return line
    }

    private static func write(_ text: String, to terminal: CInt) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(terminal, bytes, bytes.count)
    }
}
