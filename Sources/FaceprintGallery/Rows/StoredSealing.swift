/// The row of a sealed gallery's data key, which is sealed by the seal key.
struct StoredSealing: Equatable {
    /// 16 bytes; another for another data key.
    let keyID: [UInt8]
    /// The data key, sealed.
    let wrapped: [UInt8]
    /// nil where the seal key is none of a passphrase.
    let stretching: Stretching?
    /// The gallery's id, 16 bytes.
    let gallery: [UInt8]

    /// A new data key, sealed.
    init(_ dataKey: SecretBytes, gallery: [UInt8], by sealKey: SealKey) throws(GalleryError) {
        keyID = Sodium.randomBytes(16)
        self.gallery = gallery
        stretching = sealKey.isPassphrase ? Stretching() : nil
        guard let wrapping = try sealKey.wrappingKey(stretching) else {
            preconditionFailure("a passphrase is stretched, and nothing else")
        }
        let bound = Self.bound(gallery: gallery, keyID: keyID)
        wrapped = dataKey.withBytes { Sodium.seal(UnsafeRawBufferPointer($0), bound: bound, key: wrapping) }
    }

    /// Reads it; nil in a gallery that isn't sealed.
    init?(_ connection: any Connection, path: String) throws(GalleryError) {
        let row = try connection.prepare(
            """
            SELECT key_id, wrapped, salt, passes, memory, (SELECT gallery FROM state)
            FROM sealing
            """)
        guard try row.step() else { return nil }
        keyID = Array(row.bytes(0))
        wrapped = Array(row.bytes(1))
        gallery = Array(row.bytes(5))
        if row.isNull(2) {
            stretching = nil
        } else {
            stretching = Stretching(salt: Array(row.bytes(2)), passes: row.integer(3), memory: row.integer(4))
            guard stretching != nil else {
                throw .damaged(path: path, reason: "its passphrase is said to be stretched as none is")
            }
        }
    }

    /// - Throws: ``GalleryError/wrongSealKey(path:reason:)``.
    func dataKey(_ sealKey: SealKey, path: String) throws(GalleryError) -> SecretBytes {
        guard let wrapping = try sealKey.wrappingKey(stretching) else {
            throw .wrongSealKey(
                path: path,
                reason: stretching == nil
                    ? "it is sealed by a key, not by a passphrase" : "it is sealed by a passphrase")
        }
        return try SecretBytes(capacity: Sodium.keySize) { (buffer) throws(GalleryError) in
            let bound = Self.bound(gallery: gallery, keyID: keyID)
            guard wrapped.withUnsafeBytes({ Sodium.open($0, bound: bound, key: wrapping, into: buffer) }) else {
                throw .wrongSealKey(path: path, reason: "it is another's, or the gallery's own was altered")
            }
            return Sodium.keySize
        }
    }

    /// Puts it in the place of whatever was there.
    func store(in connection: any Connection) throws(GalleryError) {
        try Self.remove(in: connection)
        try connection.run(
            "INSERT INTO sealing (id, key_id, wrapped, salt, passes, memory) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            .blob(keyID), .blob(wrapped), .blob(stretching?.salt), .integer(stretching?.passes),
            .integer(stretching?.memory))
    }

    static func remove(in connection: any Connection) throws(GalleryError) {
        try connection.run("DELETE FROM sealing")
    }

    private static func bound(gallery: [UInt8], keyID: [UInt8]) -> [UInt8] {
        var bound = BoundData("faceprint data key")
        bound.append(gallery)
        bound.append(keyID)
        return bound.bytes
    }
}
