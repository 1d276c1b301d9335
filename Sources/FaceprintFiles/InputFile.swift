import Glibc

/// Bytes read one after another, from standard input or from a file of any size.
public struct InputFile: ~Copyable {
    /// As the user wrote it; `-` is standard input.
    public let path: String
    private let descriptor: CInt

    /// - Throws: ``FileError`` for a file that is missing, a folder or unreadable.
    public init(_ path: String) throws(FileError) {
        self.path = path
        guard path != "-" else {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw .isFolder(path: path)
        }
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// The next bytes; none at the end.
    ///
    /// - Parameter limit: How many at most; at least 1.
    public func read(_ limit: Int) throws(FileError) -> [UInt8] {
        var failure = false
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            while count < limit {
                let got = Glibc.read(descriptor, buffer.baseAddress! + count, limit - count)
                if got < 0 && errno == EINTR { continue }
                failure = got < 0
                if got <= 0 { break }
                count += got
            }
        }
        if failure { throw .reading(path) }
        return bytes
    }
}
