import Foundation

/// A template that is to be stored, checked.
struct NewTemplate {
    let name: PersonName
    let template: Template
    /// The 32 bytes of its photo's SHA-256.
    let photo: [UInt8]
    /// In milliseconds since 1970.
    let created: Int
    /// In milliseconds since 1970; nil for one that stays.
    let expires: Int?

    /// - Throws: ``GalleryError/invalidName(_:reason:)``, ``GalleryError/invalidTemplate(reason:)``.
    init(_ template: Template, of name: String) throws(GalleryError) {
        self.name = try PersonName(name)
        self.template = template
        photo = try Self.digest(template.photoSHA256)
        created = try Self.milliseconds(template.created)
        expires = try template.expires.map { (date) throws(GalleryError) in try Self.milliseconds(date) }
        try Self.check(template)
    }

    private static func milliseconds(_ date: Date) throws(GalleryError) -> Int {
        guard let milliseconds = date.milliseconds else {
            throw .invalidTemplate(reason: "its date can't be stored")
        }
        return milliseconds
    }

    private static func check(_ template: Template) throws(GalleryError) {
        if let quality = template.quality, !(0...100).contains(quality) {
            throw .invalidTemplate(reason: "its quality is \(quality); it has to be from 0 to 100")
        }
        let thumbnail = template.thumbnail
        guard thumbnail.isEmpty || thumbnail.starts(with: [0xFF, 0xD8, 0xFF]) else {
            throw .invalidTemplate(reason: "its thumbnail is not a JPEG file")
        }
        guard thumbnail.count <= Template.thumbnailLimit else {
            throw .invalidTemplate(
                reason: "its thumbnail has \(thumbnail.count) bytes; \(Template.thumbnailLimit) are allowed")
        }
    }

    /// The 32 bytes of a SHA-256 in hexadecimal digits.
    private static func digest(_ text: String) throws(GalleryError) -> [UInt8] {
        let digits = text.unicodeScalars.compactMap { $0.isASCII ? Character($0).hexDigitValue : nil }
        guard digits.count == 64, text.unicodeScalars.count == 64 else {
            throw .invalidTemplate(reason: "\(text.quoted) is not a SHA-256 in 64 hexadecimal digits")
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
    }
}
