/// Whether a gallery is sealed.
public enum Sealing: Hashable, Sendable {
    case plain
    case sealedByKey
    case sealedByPassphrase
}

extension Gallery {
    /// Whether templates and thumbnails are sealed.
    public func sealing() throws(GalleryError) -> Sealing {
        try store.read { (c) throws(GalleryError) in
            guard let stored = try StoredSealing(c, path: location) else { return .plain }
            return stored.stretching == nil ? .sealedByKey : .sealedByPassphrase
        }
    }

    /// Seals a gallery that has people in it: all or nothing, whenever it is interrupted. Then the store is written
    /// anew, so that nothing is left of what was open.
    ///
    /// A gallery that this key has sealed already is only written anew.
    ///
    /// - Returns: Whether nothing is left of what was open; false where a reader was in the way, until this is called
    ///   again.
    /// - Throws: ``GalleryError/wrongSealKey(path:reason:)`` for a gallery that another key has sealed,
    ///   ``GalleryError/damagedTemplate(id:person:reason:)``, ``GalleryError/damaged(path:reason:)`` for a row that
    ///   can't be sealed, or an error of the store.
    @discardableResult
    public func seal(with key: SealKey, by actor: Actor = .commandLine) throws(GalleryError) -> Bool {
        try changingKey(to: key) { (c) throws(GalleryError) in
            if let stored = try StoredSealing(c, path: location) {
                _ = try stored.dataKey(key, path: location)
            } else {
                try seal(with: key, by: actor, in: c)
            }
        }
    }

    /// Seals all rows by a new data key, which another seal key seals: all or nothing, whenever it is interrupted. Then
    /// the store is written anew. Neither the old key nor an old copy of the data key opens anything that is stored.
    ///
    /// - Parameter key: From now on; may be the one so far.
    /// - Returns: Whether nothing is left that the old key opens; false where a reader was in the way, until
    ///   ``compact()``.
    /// - Throws: ``GalleryError/sealed(path:)``, ``GalleryError/notSealed(path:)``,
    ///   ``GalleryError/wrongSealKey(path:reason:)``, ``GalleryError/damagedTemplate(id:person:reason:)``,
    ///   ``GalleryError/damaged(path:reason:)`` for a row that can't be sealed, or an error of the store.
    @discardableResult
    public func rekey(to key: SealKey, by actor: Actor = .commandLine) throws(GalleryError) -> Bool {
        try changingKey(to: key) { (c) throws(GalleryError) in
            guard let old = try sealer(in: c) else { throw .notSealed(path: location) }
            let new = try newSealer(key, in: c)
            try writeRows(from: old, to: new, in: c)
            try sealingChanged(.galleryRekeyed, key, by: actor, in: c)
        }
    }

    /// Opens all rows for good: all or nothing, whenever it is interrupted.
    ///
    /// - Throws: As ``rekey(to:by:)`` does.
    public func unseal(by actor: Actor = .commandLine) throws(GalleryError) {
        try changingKey(to: nil) { (c) throws(GalleryError) in
            guard let old = try sealer(in: c) else { throw .notSealed(path: location) }
            try writeRows(from: old, to: nil, in: c)
            try StoredSealing.remove(in: c)
            try sealingChanged(.galleryUnsealed, nil, by: actor, in: c)
        }
    }

    /// Writes rows anew, takes the key that opens them from now on, and erases what they were.
    ///
    /// - Returns: Whether nothing is left of that.
    @discardableResult
    private func changingKey(
        to key: SealKey?, _ body: @Sendable (any Connection) throws(GalleryError) -> Void
    ) throws(GalleryError) -> Bool {
        try store.write { (c) throws(GalleryError) in
            try body(c)
            try c.didRemove()
        }
        vault.replaceKey(key)
        return try store.eraseTraces(always: true)
    }

    /// - Parameters:
    ///   - old: What opens the rows; nil where they aren't sealed.
    ///   - new: What seals them; nil to leave them open.
    private func writeRows(
        from old: Sealer?, to new: Sealer?, in connection: any Connection
    ) throws(GalleryError) {
        let isEmpty = try connection.number("SELECT 1 FROM template LIMIT 1") == nil
        let space = isEmpty ? nil : try requireSpace(connection)
        try RowSealing(connection: connection, old: old, new: new).run(space)
    }

    /// Seals a gallery in which nobody is.
    func sealIfNew(with key: SealKey) throws(GalleryError) {
        // A gallery that is in use isn't locked to find that out.
        guard try store.read({ (c) throws(GalleryError) in try isPlainAndEmpty(c) }) else { return }
        try store.write { (c) throws(GalleryError) in
            if try isPlainAndEmpty(c) { try seal(with: key, by: .commandLine, in: c) }
        }
    }

    private func isPlainAndEmpty(_ connection: any Connection) throws(GalleryError) -> Bool {
        guard try StoredSealing(connection, path: location) == nil else { return false }
        return try connection.number("SELECT 1 FROM person LIMIT 1") == nil
    }

    private func seal(
        with key: SealKey, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        let new = try newSealer(key, in: connection)
        try writeRows(from: nil, to: new, in: connection)
        try connection.didSeal()
        try sealingChanged(.gallerySealed, key, by: actor, in: connection)
    }

    /// A new data key, stored as the gallery's.
    private func newSealer(_ key: SealKey, in connection: any Connection) throws(GalleryError) -> Sealer {
        let row = try connection.prepare("SELECT gallery FROM state")
        guard try row.step(), row.bytes(0).count == 16 else {
            throw .damaged(path: location, reason: "its id is missing")
        }
        let gallery = Array(row.bytes(0))
        let dataKey = try SecretBytes.random(Sodium.keySize)
        try StoredSealing(dataKey, gallery: gallery, by: key).store(in: connection)
        return try Sealer(dataKey, gallery: gallery)
    }

    /// Whoever keeps an index looks at the gallery again, and finds that it takes another key.
    private func sealingChanged(
        _ kind: Event.Kind, _ key: SealKey?, by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        _ = try StoredState.nextPeopleVersion(in: connection)
        let detail = key.map { ["by": $0.isPassphrase ? "passphrase" : "key"] } ?? [:]
        try StoredEvent.append([NewEvent(kind, by: actor, detail: detail)], in: connection)
    }
}
