/// What bytes look like that no allowed loader takes: only a name for the message, never a decision.
enum ForeignContent {
    /// The first bytes of a format that is decoded, but no more of it.
    case headless(String)
    /// A picture or document of a format that is not decoded.
    case format(String)
    /// No picture at all.
    case other(String)

    init(of bytes: UnsafeRawBufferPointer) {
        let head = bytes.prefix(1024)
        for (format, signature) in Self.decoded where head.starts(with: signature) {
            self = .headless(format.rawValue)
            return
        }
        let isText = Self.isText(head)
        for (name, signature) in Self.binary where !isText && head.starts(with: signature) {
            self = .format(name)
            return
        }
        for (name, offset, signature) in Self.textual where head.dropFirst(offset).starts(with: signature.utf8) {
            self = .format(name)
            return
        }
        guard isText else {
            self = .other("unknown binary data")
            return
        }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        if text.contains("<svg") {
            self = .format("an SVG drawing")
        } else if text.contains("<!doctype html") || text.contains("<html") {
            self = .other("a web page")
        } else {
            self = .other("text")
        }
    }

    private static let decoded: [(format: PhotoFormat, signature: [UInt8])] = [
        (.jpeg, [0xFF, 0xD8]),
        (.png, [0x89, 0x50, 0x4E, 0x47]),
        (.webp, Array("RIFF".utf8)),
        (.tiff, [0x49, 0x49, 0x2A, 0]), (.tiff, [0x4D, 0x4D, 0, 0x2A]),
        (.gif, Array("GIF8".utf8)),
    ]

    private static let binary: [(name: String, signature: [UInt8])] = [
        ("a JPEG XL", [0xFF, 0x0A]),
        ("a JPEG 2000", [0xFF, 0x4F, 0xFF, 0x51]),
        ("a BMP", Array("BM".utf8)),
        ("an icon", [0, 0, 1, 0]),
        ("an OpenEXR picture", [0x76, 0x2F, 0x31, 0x01]),
        ("a libvips picture", [0xB6, 0xA6, 0xF2, 0x08]), ("a libvips picture", [0x08, 0xF2, 0xA6, 0xB6]),
    ]

    private static let textual: [(name: String, offset: Int, signature: String)] = [
        ("a PDF document", 0, "%PDF-"),
        ("a PostScript document", 0, "%!PS"),
        ("a Photoshop document", 0, "8BPS"),
        ("a Radiance picture", 0, "#?RADIANCE"),
        ("a FITS picture", 0, "SIMPLE  ="),
        ("a JPEG XL", 4, "JXL "),
        ("a JPEG 2000", 4, "jP  "),
        ("a film, or a picture of a kind that this libvips does not know", 4, "ftyp"),
        ("a portable anymap", 0, "P1\n"), ("a portable anymap", 0, "P2\n"), ("a portable anymap", 0, "P3\n"),
        ("a portable anymap", 0, "P4\n"), ("a portable anymap", 0, "P5\n"), ("a portable anymap", 0, "P6\n"),
    ]

    /// Whether there is no control character but white space.
    private static func isText(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
    }
}
