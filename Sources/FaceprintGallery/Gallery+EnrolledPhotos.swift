import Foundation

extension Gallery {
    /// Looks many photos up, to pass over those that are enrolled. One whose template's time is over is not.
    ///
    /// - Parameter digests: The SHA-256 of each photo's file, 64 hexadecimal digits.
    /// - Returns: By the digest, whose the photo is; nothing for those that are nobody's.
    /// - Throws: ``GalleryError/invalidTemplate(reason:)`` for a text that is no SHA-256, or an error of the store.
    public func enrolledPhotos(among digests: [String]) throws(GalleryError) -> [String: String] {
        var photos: [(bytes: [UInt8], text: String)] = []
        for text in digests { photos.append((try NewTemplate.digest(text), text)) }
        let (asked, now) = (photos, Date().milliseconds)
        return try store.readApart { (c) throws(GalleryError) in
            var owners: [String: String] = [:]
            for start in stride(from: 0, to: asked.count, by: Self.photosAtOnce) {
                let part = asked[start...].prefix(Self.photosAtOnce)
                let texts = Dictionary(part.map { ($0.bytes, $0.text) }) { first, _ in first }
                // What is left of the parameters is NULL, which equals nothing.
                let values = part.map { SQLValue.blob($0.bytes) }
                let rest = Array(repeating: SQLValue.blob(nil), count: Self.photosAtOnce - values.count)
                let rows = try c.prepare(Self.owners, values + rest + [.integer(now)])
                while try rows.step() {
                    guard let text = texts[Array(rows.bytes(0))] else { continue }
                    owners[text] = try StoredPerson.name(rows.text(2), id: rows.integer(1))
                }
            }
            return owners
        }
    }

    private static let photosAtOnce = 32

    private static let owners: StaticString = """
        SELECT photo_sha256, person.id, name FROM template JOIN person ON person.id = person
        WHERE photo_sha256 IN (
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
            ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32
        ) AND (expires IS NULL OR expires > ?33)
        """
}
