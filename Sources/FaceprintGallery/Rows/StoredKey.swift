import Foundation

/// A key's row.
struct StoredKey {
    let key: Key
    /// Argon2id of the secret.
    let hash: String

    /// - Parameter row: The columns `id, name, scopes, created, hash`, from `first` on.
    init(_ row: any Statement, from first: Int32 = 0, path: String) throws(GalleryError) {
        let (id, name) = (row.text(first), row.text(first + 1))
        let scopes = row.text(first + 2).split(separator: " ").map { Scope(rawValue: String($0)) }
        let hash = row.text(first + 4)
        for text in [id, name] {
            if let defect = PersonName.defect(of: text) {
                throw .damaged(path: path, reason: "the name of a key can't be shown: \(defect)")
            }
        }
        guard !scopes.contains(nil), Sodium.isPasswordHash(hash) else {
            throw .damaged(path: path, reason: "the key \(name.quoted) has scopes or a hash that are none")
        }
        key = Key(
            id: id, name: name, scopes: Set(scopes.compactMap(\.self)),
            created: Date(milliseconds: row.integer(first + 3)))
        self.hash = hash
    }

    static func find(
        id: String, in connection: any Connection, path: String
    ) throws(GalleryError) -> StoredKey? {
        let row = try connection.prepare("SELECT id, name, scopes, created, hash FROM key WHERE id = ?1", .text(id))
        return try row.step() ? StoredKey(row, path: path) : nil
    }

    static func find(
        _ name: PersonName, in connection: any Connection, path: String
    ) throws(GalleryError) -> StoredKey? {
        let row = try connection.prepare(
            "SELECT id, name, scopes, created, hash FROM key WHERE name_key = ?1", .text(name.key))
        return try row.step() ? StoredKey(row, path: path) : nil
    }

    /// All, sorted by name.
    static func all(in connection: any Connection, path: String) throws(GalleryError) -> [StoredKey] {
        let rows = try connection.prepare("SELECT id, name, scopes, created, hash FROM key ORDER BY name_key")
        var result: [StoredKey] = []
        while try rows.step() { result.append(try StoredKey(rows, path: path)) }
        return result
    }
}

extension Set<Scope> {
    /// In one order, separated by spaces.
    var text: String { Scope.allCases.filter(contains).map(\.rawValue).joined(separator: " ") }
}
