import Foundation

extension Gallery {
    /// Makes a key.
    ///
    /// - Parameters:
    ///   - name: Of the program or the place that will have it. Keys are named as people are.
    ///   - scopes: What it opens; at least one.
    /// - Returns: The key and its secret, which is stored nowhere and can't be shown again.
    /// - Throws: ``GalleryError/keyNameTaken(_:)``, ``GalleryError/noScopes``,
    ///   ``GalleryError/invalidName(_:reason:)``, or an error of the file.
    public func createKey(
        named name: String, scopes: Set<Scope>, by actor: Actor = .commandLine
    ) throws(GalleryError) -> (key: Key, secret: String) {
        let name = try PersonName(name)
        guard !scopes.isEmpty else { throw .noScopes }
        let secret = KeySecret()
        guard let hash = secret.hash() else { throw noMemory }
        let created = Date().milliseconds ?? 0
        try store.write { (c) throws(GalleryError) in
            if let other = try StoredKey.find(name, in: c, path: location) { throw .keyNameTaken(other.key.name) }
            try c.run(
                "INSERT INTO key (id, name, name_key, scopes, hash, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                .text(secret.id), .text(name.shown), .text(name.key), .text(scopes.text), .text(hash),
                .integer(created))
            try Self.keysChanged(.keyCreated, ["key": name.shown, "scopes": scopes.text], by: actor, in: c)
        }
        let key = Key(id: secret.id, name: name.shown, scopes: scopes, created: Date(milliseconds: created))
        return (key, secret.text)
    }

    /// All keys, sorted by name.
    public func keys() throws(GalleryError) -> [Key] {
        try store.read { (c) throws(GalleryError) in try StoredKey.all(in: c, path: location).map(\.key) }
    }

    /// Ends a key, and every session that it opened.
    ///
    /// - Throws: ``GalleryError/noSuchKey(_:similar:)``, or an error of the file.
    public func revokeKey(named name: String, by actor: Actor = .commandLine) throws(GalleryError) {
        let name = try PersonName(name)
        try store.erase { (c) throws(GalleryError) in
            guard let stored = try StoredKey.find(name, in: c, path: location) else {
                let names = try StoredKey.all(in: c, path: location).map(\.key.name)
                throw .noSuchKey(name.shown, similar: NearestNames.of(name.shown, among: names))
            }
            try c.run("DELETE FROM key WHERE id = ?1", .text(stored.key.id))
            try Self.keysChanged(.keyRevoked, ["key": stored.key.name], by: actor, in: c)
        }
    }

    /// The key that has a secret; nil where none has.
    ///
    /// A secret of a known key takes some 50 ms and 64 MiB, whether it is right or wrong: guessing is to be expensive.
    /// Whoever is asked often keeps the answer until ``keysVersion()`` changes. Text of another form, and an unknown
    /// id, cost nothing.
    public func key(matching secret: String) throws(GalleryError) -> Key? {
        guard let secret = KeySecret(secret) else { return nil }
        // Nobody waits for the gallery meanwhile.
        let found = try store.read { (c) throws(GalleryError) in
            try StoredKey.find(id: secret.id, in: c, path: location)
        }
        guard let found else { return nil }
        guard let matches = Sodium.matches(secret.text, hash: found.hash) else { throw noMemory }
        return matches ? found.key : nil
    }

    /// A number that grows whenever a key is made or revoked, by whatever process. Cheap.
    public func keysVersion() throws(GalleryError) -> Int {
        try store.read { (c) throws(GalleryError) in
            guard let version = try c.number("SELECT keys_version FROM state") else { throw stateIsMissing }
            return version
        }
    }

    private static func keysChanged(
        _ kind: Event.Kind, _ detail: [String: String], by actor: Actor, in connection: any Connection
    ) throws(GalleryError) {
        try connection.run("UPDATE state SET keys_version = keys_version + 1")
        try StoredEvent.append([NewEvent(kind, by: actor, detail: detail)], in: connection)
    }

    private var noMemory: GalleryError {
        .failed(path: location, reason: "there is not enough memory to check a key, which takes 64 MiB")
    }
}
