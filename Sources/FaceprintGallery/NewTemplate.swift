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
    private(set) var expires: Int?

    /// - Throws: ``GalleryError/invalidName(_:reason:)``, ``GalleryError/invalidTemplate(reason:)``.
    init(_ template: Template, of name: String) throws(GalleryError) {
        self.name = try PersonName(name)
        self.template = template
        photo = try Self.digest(template.photoSHA256)
        created = try Self.milliseconds(template.created)
        expires = try template.expires.map { (date) throws(GalleryError) in try Self.milliseconds(date) }
        try Self.check(template)
    }

    /// With an end where it has none.
    ///
    /// - Parameter retention: In seconds from when it was made; nil for no end.
    func expiring(after retention: Int?) -> NewTemplate {
        guard expires == nil, let retention else { return self }
        var result = self
        let (end, isBeyondTime) = created.addingReportingOverflow(1000 * retention)
        result.expires = isBeyondTime ? nil : end
        return result
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
        if !template.thumbnail.isEmpty, let defect = defect(ofThumbnail: template.thumbnail) {
            throw .invalidTemplate(reason: "its thumbnail can't be stored: \(defect)")
        }
    }

    /// What is wrong with a thumbnail, or nil.
    static func defect(ofThumbnail thumbnail: [UInt8]) -> String? {
        guard thumbnail.starts(with: [0xFF, 0xD8, 0xFF]) else { return "it is not a JPEG file" }
        guard thumbnail.count <= Template.thumbnailLimit else {
            return "it has \(thumbnail.count) bytes; \(Template.thumbnailLimit) are allowed"
        }
        return nil
    }

    /// The 32 bytes of a SHA-256 in hexadecimal digits.
    static func digest(_ text: String) throws(GalleryError) -> [UInt8] {
        let digits = text.unicodeScalars.compactMap { $0.isASCII ? Character($0).hexDigitValue : nil }
        guard digits.count == 64, text.unicodeScalars.count == 64 else {
            throw .invalidTemplate(reason: "\(text.quoted) is not a SHA-256 in 64 hexadecimal digits")
        }
        return stride(from: 0, to: 64, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
    }
}
