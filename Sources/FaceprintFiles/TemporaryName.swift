import Glibc

/// What a file is called until it is whole.
public struct TemporaryName: Sendable {
    public let path: String

    /// A name that nobody has, in the same folder.
    ///
    /// - Throws: ``FileError/isFolder(path:)`` where `final` is one.
    public init(beside final: String) throws(FileError) {
        var status = stat()
        if stat(final, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path: final) }
        path = "\(final).\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).partial"
    }

    init(path: String) { self.path = path }

    /// Gives the file its name, in the place of one of that name, and waits until that is on the disk.
    public func become(_ final: String) throws(FileError) {
        guard rename(path, final) == 0 else { throw .writing(final) }
        synchronizeFolder(of: final)
    }
}

/// Waits until the name of a file is on the disk, where its folder can be opened.
public func synchronizeFolder(of path: String) {
    let folder = path.contains("/") ? String(path[...path.lastIndex(of: "/")!]) : "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
}
