import Synchronization

/// The seal key that a gallery was opened with, and the data key that it opened.
final class Vault: Sendable {
    private struct Contents {
        var key: SealKey?
        var opened: (stored: StoredSealing, sealer: Sealer)?
    }

    private let contents: Mutex<Contents>

    init(_ key: SealKey?) { contents = Mutex(Contents(key: key)) }

    var hasKey: Bool { contents.withLock { $0.key != nil } }

    /// Takes another key, or none.
    func replaceKey(_ key: SealKey?) { contents.withLock { $0 = Contents(key: key) } }

    /// What opens the rows of a gallery: asked for in each transaction, as another process may have sealed it anew.
    ///
    /// - Parameter stored: As it is now; nil for a gallery that isn't sealed.
    /// - Returns: nil for a gallery that isn't sealed.
    /// - Throws: ``GalleryError/sealed(path:)``, ``GalleryError/notSealed(path:)``,
    ///   ``GalleryError/wrongSealKey(path:reason:)``.
    func sealer(_ stored: StoredSealing?, path: String) throws(GalleryError) -> Sealer? {
        try contents.withLock { (contents) throws(GalleryError) in
            switch (stored, contents.key) {
            case (nil, nil): return nil
            case (nil, _?): throw .notSealed(path: path)
            case (_?, nil): throw .sealed(path: path)
            case (let stored?, let key?):
                if let opened = contents.opened, opened.stored == stored { return opened.sealer }
                let sealer = try Sealer(try stored.dataKey(key, path: path), gallery: stored.gallery)
                contents.opened = (stored, sealer)
                return sealer
            }
        }
    }
}
