/// The number of a badge, which may have letters too, as it is shown and as it is compared.
struct BadgeNumber {
    /// The longest number, in Unicode scalars.
    static let limit = 64

    let shown: String
    let key: String

    /// - Throws: ``GalleryError/invalidBadge(_:reason:)``.
    init(_ number: String) throws(GalleryError) {
        do throws(GalleryError) {
            let name = try PersonName(number)
            shown = name.shown
            key = name.key
        } catch .invalidName(_, let reason) {
            throw .invalidBadge(number, reason: reason)
        }
        let count = shown.unicodeScalars.count
        guard count <= Self.limit else {
            throw .invalidBadge(number, reason: "it has \(count) characters; \(Self.limit) are allowed")
        }
    }
}
