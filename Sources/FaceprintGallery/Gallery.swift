import Faceprint
import Foundation
import Synchronization

/// People and their templates, in one file.
///
/// ```swift
/// let gallery = try Gallery(path: "people.gallery")
/// try gallery.enroll("Younès", Template(embedding: embedding, photoSHA256: digest))
/// ```
///
/// Several processes and threads may use one file at once. What a method has reported as done survives a crash and
/// a loss of power. The file is an SQLite database; a new one can be read by its owner alone.
///
/// A gallery holds the embeddings of one `EmbeddingSpace`, set by its first template and freed with its last.
public final class Gallery: Sendable {
    /// What a gallery is opened for.
    public enum Access: Sendable {
        /// To enroll and remove. Makes the file where there is none; an empty file becomes a gallery, and one of an
        /// earlier version becomes one of the present version.
        case readWrite
        /// To look up. The file must exist, and neither it nor its folder needs to be writable. One of an earlier
        /// version stays as it is.
        case readOnly
    }

    /// Where it is, as it was given.
    public let path: String

    private let access: Access
    private let file: GalleryFile
    private let busyTimeout: Int32
    /// nil in a gallery that is opened to read.
    private let connection: Mutex<Connection?>

    /// Opens a gallery.
    ///
    /// - Parameters:
    ///   - path: Of the file. Two more, with `-wal` and `-shm` at the end of their names, stand beside it while it is
    ///     in use, and belong to it.
    ///   - busyTimeout: How long a method waits for another process before it throws ``GalleryError/busy(path:)``.
    public init(
        path: String, access: Access = .readWrite, busyTimeout: Duration = .seconds(10)
    ) throws(GalleryError) {
        self.path = path
        self.access = access
        file = try GalleryFile(path: path, creates: access == .readWrite)
        self.busyTimeout = Int32(max(0, min(busyTimeout / .milliseconds(1), 1e9)))
        if access == .readWrite {
            let connection = try Connection.open(file, mode: .readWrite, busyTimeout: self.busyTimeout)
            try Schema.migrate(connection, path: path, busyTimeout: self.busyTimeout)
            self.connection = Mutex(connection)
        } else {
            connection = Mutex(nil)
            try read { (_) throws(GalleryError) in }
        }
    }

    /// What made the gallery's embeddings; nil while it has none.
    public func space() throws(GalleryError) -> EmbeddingSpace? {
        try read { (c) throws(GalleryError) in try StoredSpace(c, path: path)?.space }
    }

    /// Reads at one moment: `body` sees nothing that others change meanwhile.
    func read<Value: Sendable>(
        _ body: @Sendable (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        guard access == .readOnly else {
            return try connection.withLock { (connection) throws(GalleryError) in
                try connection!.transaction(.read, body)
            }
        }
        return try readApart(body)
    }

    /// Reads by a connection of its own, so that reading for long keeps no other thread waiting.
    func readApart<Value: Sendable>(
        _ body: @Sendable (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        do throws(GalleryError) {
            return try read(in: .readOnly, body)
        } catch .notReadable where !file.folderIsWritable, .notWritable where !file.folderIsWritable {
            return try readUnlocked(body)
        }
    }

    /// Changes all or nothing.
    func write<Value: Sendable>(
        _ body: @Sendable (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        guard access == .readWrite else { throw .notWritable(path: path) }
        return try connection.withLock { (connection) throws(GalleryError) in
            try connection!.transaction(.write, body)
        }
    }

    /// Moves what was written into the main file and empties the write-ahead log, so that nothing removed stays
    /// in it. Where a reader is in the way, the next removal or the last process to close the gallery does it.
    func emptyWriteAheadLog() throws(GalleryError) {
        try connection.withLock { (connection) throws(GalleryError) in
            try connection!.run("PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// Reads where SQLite can't make its lock files because the folder isn't writable.
    ///
    /// A process that writes has such files. While there are none, or they are empty, the file alone is the gallery;
    /// and when it is the same afterwards, what was read is true.
    private func readUnlocked<Value>(
        _ body: (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        for _ in 0..<5 {
            guard let stamp = try file.stamp() else { throw .interrupted(path: path) }
            let result = Result { () throws(GalleryError) in try read(in: .immutable, body) }
            if try file.stamp() == stamp { return try result.get() }
        }
        throw .busy(path: path)
    }

    /// Reads by a connection of its own: what may be read, and how, can change between two calls.
    private func read<Value>(
        in mode: Connection.Mode, _ body: (borrowing Connection) throws(GalleryError) -> Value
    ) throws(GalleryError) -> Value {
        let connection = try Connection.open(file, mode: mode, busyTimeout: busyTimeout)
        return try connection.transaction(.read) { (c) throws(GalleryError) in
            guard let version = try Schema.version(of: c, path: path), version > 0 else {
                throw .notFound(path: path)
            }
            try Schema.showAsPresent(version, in: c)
            return try body(c)
        }
    }
}
