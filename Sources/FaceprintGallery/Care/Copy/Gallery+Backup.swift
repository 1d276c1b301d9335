import FaceprintFiles
import Glibc

extension Gallery {
    /// Writes a copy of all that the gallery holds, as it is at one moment, while others use it: a gallery in one file,
    /// its owner's alone, which appears whole or not at all. What is sealed stays sealed.
    ///
    /// It is recorded first, where the gallery may be written, so that the backup says so itself.
    ///
    /// - Parameters:
    ///   - path: Of the file, whatever store the gallery is in.
    ///   - overwriting: Whether to take the place of a file of that name, which nobody may be using.
    /// - Throws: ``GalleryError/alreadyExists(path:)``, ``GalleryError/file(_:)``, or an error of either store.
    public func backUp(
        to path: String, overwriting: Bool = false, by actor: Actor = .commandLine
    ) throws(GalleryError) {
        try Self.requireFree(path, overwriting: overwriting)
        let temporary: TemporaryName
        do throws(FileError) { temporary = try TemporaryName(beside: path) } catch { throw .file(error) }
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(temporary.path + suffix) } }
        try recordIfWritable([NewEvent(.galleryBackedUp, by: actor)])
        try store.readApart { (source) throws(GalleryError) in
            // It may be read again from the start.
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(temporary.path + suffix) }
            // The inner body runs at once, on this thread.
            nonisolated(unsafe) let source = source
            let target = try SQLiteStore(path: temporary.path, access: .readWrite, busyTimeout: .zero)
            try target.write { (target) throws(GalleryError) in
                try GalleryCopy.copy(from: source, to: target, path: location)
            }
            try target.closeLog()
        }
        try Self.requireFree(path, overwriting: overwriting)
        do throws(FileError) { try temporary.become(path) } catch { throw .file(error) }
    }

    private static func requireFree(_ path: String, overwriting: Bool) throws(GalleryError) {
        // A gallery that is being used has such files, which would be taken for the new one's.
        for suffix in overwriting ? ["-wal", "-shm"] : ["", "-wal", "-shm"] where access(path + suffix, F_OK) == 0 {
            throw .alreadyExists(path: path + suffix)
        }
    }

    /// Copies a backup into this gallery, which has to be empty: all or nothing.
    ///
    /// - Parameter backup: A gallery, such as ``backUp(to:overwriting:by:)`` wrote.
    /// - Throws: ``GalleryError/notEmpty(path:)``, or an error of either store.
    public func restore(from backup: Gallery, by actor: Actor = .commandLine) throws(GalleryError) {
        try backup.store.readApart { (source) throws(GalleryError) in
            // The inner body runs at once, on this thread.
            nonisolated(unsafe) let source = source
            try store.write { (target) throws(GalleryError) in
                try GalleryCopy.requireEmpty(target, path: location)
                try GalleryCopy.copy(from: source, to: target, path: backup.location)
                let people = try target.number("SELECT count(*) FROM person") ?? 0
                let templates = try target.number("SELECT count(*) FROM template") ?? 0
                let detail = ["people": "\(people)", "templates": "\(templates)"]
                try StoredEvent.append([NewEvent(.galleryRestored, by: actor, detail: detail)], in: target)
            }
        }
    }
}
