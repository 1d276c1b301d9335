import Foundation

extension Gallery {
    /// Opens a session for whoever showed a key, and records it. Sessions that are over are deleted.
    ///
    /// - Parameters:
    ///   - key: What opens it; when it is revoked, the session ends.
    ///   - seconds: How long it lasts.
    /// - Throws: ``GalleryError/noSuchKey(_:similar:)`` for a key that was revoked, or an error of the file.
    public func openSession(of key: Key, seconds: Int) throws(GalleryError) -> Session {
        let token = Sodium.base64URL(Sodium.randomBytes(32))
        let now = Date()
        guard let present = now.milliseconds, let expires = Self.expiry(present, seconds) else {
            throw .failed(path: location, reason: "a session of \(seconds) seconds has no end")
        }
        return try store.write { (c) throws(GalleryError) in
            try c.run("DELETE FROM session WHERE expires <= ?1", .integer(present))
            guard let stored = try StoredKey.find(id: key.id, in: c, path: location) else {
                throw .noSuchKey(key.name, similar: [])
            }
            try c.run(
                "INSERT INTO session (token_sha256, key, expires) VALUES (?1, ?2, ?3)",
                .blob(Self.digest(ofToken: token)), .text(key.id), .integer(expires))
            try StoredEvent.append([NewEvent(.sessionOpened, by: .page(stored.key.name), time: now)], in: c)
            return Session(token: token, key: stored.key, expires: Date(milliseconds: expires))
        }
    }

    /// The session of a token; nil where there is none, or it is over, or its key was revoked.
    public func session(token: String) throws(GalleryError) -> Session? {
        guard token.utf8.count == 43 else { return nil }
        return try store.read { (c) throws(GalleryError) in
            // Tokens are looked up by their digest: how long that takes says nothing about a token.
            let row = try c.prepare(
                """
                SELECT expires, id, name, scopes, created, hash FROM session JOIN key ON key.id = session.key
                WHERE token_sha256 = ?1 AND expires > ?2
                """,
                .blob(Self.digest(ofToken: token)), .integer(Date().milliseconds ?? .max))
            guard try row.step() else { return nil }
            return Session(
                token: token, key: try StoredKey(row, from: 1, path: location).key,
                expires: Date(milliseconds: row.integer(0)))
        }
    }

    /// Ends a session. One that doesn't exist is none already.
    public func closeSession(token: String) throws(GalleryError) {
        try store.write { (c) throws(GalleryError) in
            try c.run("DELETE FROM session WHERE token_sha256 = ?1", .blob(Self.digest(ofToken: token)))
        }
    }

    private static func digest(ofToken token: String) -> [UInt8] { Sodium.sha256 { $0.update(token.utf8) } }

    /// In milliseconds since 1970; nil beyond all time.
    private static func expiry(_ present: Int, _ seconds: Int) -> Int? {
        let (milliseconds, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
        let (end, isTooLate) = present.addingReportingOverflow(milliseconds)
        return isTooLong || isTooLate ? nil : end
    }
}
