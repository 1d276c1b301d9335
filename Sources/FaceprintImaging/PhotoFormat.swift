import CVips

/// The formats that are decoded. libvips finds the format from the content; a file's name plays no part.
enum PhotoFormat: String, CaseIterable {
    case jpeg = "JPEG"
    case png = "PNG"
    case webp = "WebP"
    case heif = "HEIC/AVIF"
    case tiff = "TIFF"

    /// The base class of libvips' loaders for it.
    var loader: String {
        switch self {
        case .jpeg: "VipsForeignLoadJpeg"
        case .png: "VipsForeignLoadPng"
        case .webp: "VipsForeignLoadWebp"
        case .heif: "VipsForeignLoadHeif"
        case .tiff: "VipsForeignLoadTiff"
        }
    }

    /// The format that libvips finds in the first bytes; nil for one that is not allowed.
    init?(of bytes: UnsafeRawBufferPointer) {
        guard let found = vips_foreign_find_load_buffer(bytes.baseAddress, bytes.count) else { return nil }
        let loader = String(cString: found)
        guard let format = Self.allCases.first(where: { loader.hasPrefix($0.loader) }) else { return nil }
        self = format
    }

    /// For people: `JPEG, PNG, WebP, HEIC/AVIF, TIFF`.
    static let list = allCases.map(\.rawValue).joined(separator: ", ")
}
