import Foundation

/// The place of a gallery on the disk.
struct GalleryFile {
    /// As the user wrote it, for messages.
    let path: String
    /// Absolute and without symbolic links, as SQLite sees it.
    private let resolved: String

    /// Looks at what is there, and makes an empty file where nothing is and `creates` says so.
    ///
    /// The file is never opened here: a process that closes a file loses the locks that SQLite holds on it.
    init(path: String, creates: Bool) throws(GalleryError) {
        self.path = path
        guard !path.contains("\0") else { throw .notAGallery(at: path, reason: "its path contains a zero byte") }
        let absolute =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        // Templates are biometric data: the file is its owner's alone, and SQLite gives its companions the same mode.
        if creates, mknod(absolute, S_IFREG | 0o600, 0) != 0, errno != EEXIST {
            throw errno == EACCES ? .notWritable(path: path) : Self.error(errno, path: path)
        }
        guard let canonical = realpath(absolute, nil) else {
            let code = errno
            throw !creates && (code == ENOENT || code == ENOTDIR) ? .notFound(path: path) : Self.error(code, path: path)
        }
        defer { free(canonical) }
        resolved = String(cString: canonical)
        var status = stat()
        guard stat(resolved, &status) == 0 else { throw Self.error(errno, path: path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isFolder(path: path)
        // Opening a pipe or a device could wait for ever.
        default: throw .notAGallery(at: path, reason: "it is not a regular file")
        }
    }

    /// For SQLite, in which a plain path such as `:memory:` or `file:x` would have another meaning.
    func uri(immutable: Bool) -> String {
        let encoded = resolved.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? resolved
        return "file://\(encoded)" + (immutable ? "?immutable=1" : "")
    }

    /// Whether this process can make files beside the gallery, as SQLite does for its locks.
    var folderIsWritable: Bool {
        let folder = (resolved as NSString).deletingLastPathComponent
        return faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0
    }

    /// Changes whenever the file does; nil while its write-ahead log holds something.
    func stamp() throws(GalleryError) -> Stamp? {
        var log = stat()
        if stat(resolved + "-wal", &log) == 0, log.st_size > 0 { return nil }
        var status = stat()
        guard stat(resolved, &status) == 0 else { throw Self.error(errno, path: path) }
        return Stamp(
            file: status.st_ino, size: status.st_size,
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    struct Stamp: Equatable {
        let file: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    private static func error(_ code: Int32, path: String) -> GalleryError {
        switch code {
        case ENOENT, ENOTDIR: .noFolder(path: path)
        case EROFS, EPERM: .notWritable(path: path)
        case EACCES: .notReadable(path: path, reason: String(cString: strerror(code)))
        case ENOSPC, EDQUOT: .diskFull(path: path)
        default: .failed(path: path, reason: String(cString: strerror(code)))
        }
    }
}
