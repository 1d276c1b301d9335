import Faceprint
import Foundation

/// People and their templates.
///
/// ```swift
/// let gallery = try Gallery(at: "people.gallery")
/// try gallery.enroll("Younès", Template(embedding: embedding, photoSHA256: digest))
/// ```
///
/// Several processes and threads may use one gallery at once. What a method has reported as done survives a crash and
/// a loss of power. A gallery in a file is an SQLite database; a new one can be read by its owner alone.
///
/// A gallery holds the embeddings of one `EmbeddingSpace`, set by its first template and freed with its last.
public final class Gallery: Sendable {
    /// What a gallery is opened for.
    public enum Access: Sendable {
        /// To enroll and remove. Makes the gallery where there is none; an empty file becomes a gallery, and one of an
        /// earlier version becomes one of the present version.
        case readWrite
        /// To look up. The gallery must exist, and neither a file nor its folder needs to be writable. One of an
        /// earlier version stays as it is.
        case readOnly
    }

    let store: any Store
    let vault: Vault

    /// Where it is, as it was given, without what is secret.
    public var location: String { store.name }

    /// Opens a gallery.
    ///
    /// - Parameters:
    ///   - location: The path of a file. Two more, with `-wal` and `-shm` at the end of their names, stand beside it
    ///     while it is in use, and belong to it. Or the URL of a PostgreSQL database, `postgres://…`.
    ///   - busyTimeout: How long a method waits for another process before it throws ``GalleryError/busy(path:)``, and
    ///     for a server that is away before it throws ``GalleryError/unreachable(path:reason:)``.
    ///   - sealKey: Of a sealed gallery; one in which nobody is yet is sealed by it when it is opened to write. Without
    ///     it a sealed gallery opens too: its people, keys and log can be listed and people removed, and all else is
    ///     ``GalleryError/sealed(path:)``.
    /// - Throws: ``GalleryError/wrongSealKey(path:reason:)``, ``GalleryError/notSealed(path:)`` for a key to a gallery
    ///   that isn't sealed, or an error of the store.
    public init(
        at location: String, access: Access = .readWrite, busyTimeout: Duration = .seconds(10), sealKey: SealKey? = nil
    ) throws(GalleryError) {
        store = try Self.store(at: location, access: access, busyTimeout: busyTimeout)
        vault = Vault(sealKey)
        guard let sealKey else { return }
        if access == .readWrite { try sealIfNew(with: sealKey) }
        _ = try store.read { (c) throws(GalleryError) in try sealer(in: c) }
    }

    private static func store(
        at location: String, access: Access, busyTimeout: Duration
    ) throws(GalleryError) -> any Store {
        guard isServer(location) else {
            return try SQLiteStore(path: location, access: access, busyTimeout: busyTimeout)
        }
        #if PostgreSQL
            return try PostgresStore(url: location, access: access, busyTimeout: busyTimeout)
        #else
            throw .failed(path: "postgres://", reason: "this software was built without the trait PostgreSQL")
        #endif
    }

    /// Whether a gallery of this location would be in a PostgreSQL database rather than in a file.
    public static func isServer(_ location: String) -> Bool {
        location.hasPrefix("postgres://") || location.hasPrefix("postgresql://")
    }

    /// What made the gallery's embeddings; nil while it has none.
    public func space() throws(GalleryError) -> EmbeddingSpace? {
        try store.read { (c) throws(GalleryError) in try StoredSpace(c, path: location)?.space }
    }
}
