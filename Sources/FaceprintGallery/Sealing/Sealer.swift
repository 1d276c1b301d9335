/// Seals the rows of a gallery, and opens them.
///
/// Each kind of row has a key of its own, made of the gallery's data key. What is sealed is bound to the gallery and to
/// all else that stands in the row, so that a row that was altered, or moved to another person or gallery, doesn't open.
/// A row as it stood earlier does, until the gallery gets another data key.
final class Sealer: Sendable {
    let gallery: [UInt8]
    let templateKey: SecretBytes
    let thumbnailKey: SecretBytes
    let personKey: SecretBytes

    /// - Parameter gallery: Its id.
    init(_ dataKey: SecretBytes, gallery: [UInt8]) throws(GalleryError) {
        self.gallery = gallery
        templateKey = try Sodium.subkey(1, of: dataKey)
        thumbnailKey = try Sodium.subkey(2, of: dataKey)
        personKey = try Sodium.subkey(3, of: dataKey)
    }
}
