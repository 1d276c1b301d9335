import Glibc

/// A file that can't be read or written.
public enum FileError: Error, Equatable {
    case missing(path: String)
    case isFolder(path: String)
    case empty(path: String)
    case tooLarge(path: String, bytes: Int, limit: Int)
    /// The system's own reason, as `strerror` words it.
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)

    /// What the system says of the last failed call that should have written.
    static func writing(_ path: String) -> FileError {
        .unwritable(path: path, reason: String(cString: strerror(errno)))
    }

    /// What the system says of the last failed call on a file.
    static func reading(_ path: String) -> FileError {
        errno == ENOENT || errno == ENOTDIR
            ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}

extension FileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let path): "there is no file “\(path)”; check its name"
        case .isFolder(let path): "“\(path)” is a folder; name a file"
        case .empty(let path): "“\(path)” is empty"
        case .tooLarge(let path, let bytes, let limit):
            "“\(path)” has \(bytes) bytes; at most \(limit) are read"
        case .unreadable(let path, let reason): "“\(path)” can't be read: \(reason)"
        case .unwritable(let path, let reason): "“\(path)” can't be written: \(reason)"
        }
    }
}
