import Foundation
import Glibc

/// Reading whole files with a limit, so that a hostile or mistaken name can't fill the memory.
public enum File {
    /// All bytes of a regular file.
    ///
    /// - Parameter limit: In bytes; a larger file is refused before it is read.
    /// - Throws: ``FileError`` for a file that is missing, empty, a folder, too large or unreadable.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try Opened(path)
        guard file.size > 0 else { throw .empty(path: path) }
        guard file.size <= limit else { throw .tooLarge(path: path, bytes: file.size, limit: limit) }
        var failure = false
        let bytes = [UInt8](unsafeUninitializedCapacity: file.size) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(file.descriptor, buffer.baseAddress! + count, buffer.count - count)
                if got < 0 && errno == EINTR { continue }
                failure = got < 0
                if got <= 0 { break }
                count += got
            }
        }
        if failure { throw .reading(path) }
        return bytes
    }

    /// Writes a file whole or not at all, in the place of one of that name.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }

    /// The size of a regular file, in bytes.
    ///
    /// - Throws: ``FileError`` for a file that is missing, empty, a folder or unreadable.
    public static func size(of path: String) throws(FileError) -> Int {
        let file = try Opened(path)
        guard file.size > 0 else { throw .empty(path: path) }
        return file.size
    }

    /// The SHA-256 of a file of any size, read in pieces.
    ///
    /// - Throws: ``FileError`` for a file that is missing, a folder or unreadable.
    public static func sha256(of path: String) throws(FileError) -> String {
        let file = try Opened(path)
        var digest = SHA256.Incremental()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { piece.deallocate() }
        while true {
            let got = Glibc.read(file.descriptor, piece.baseAddress!, piece.count)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { throw .reading(path) }
            if got == 0 { return digest.hex() }
            digest.update(UnsafeRawBufferPointer(rebasing: piece[..<got]))
        }
    }

    /// A regular file opened for reading.
    private struct Opened: ~Copyable {
        let descriptor: CInt
        let size: Int

        init(_ path: String) throws(FileError) {
            // Not blocking: a named pipe without a writer would hang here.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw .reading(path) }
            var status = stat()
            let kind: mode_t
            if fstat(descriptor, &status) == 0 { kind = status.st_mode & S_IFMT } else { kind = 0 }
            guard kind == S_IFREG else {
                close(descriptor)
                throw kind == S_IFDIR
                    ? .isFolder(path: path) : .unreadable(path: path, reason: "it is not a regular file")
            }
            self.descriptor = descriptor
            size = Int(status.st_size)
        }

        deinit { close(descriptor) }
    }
}
