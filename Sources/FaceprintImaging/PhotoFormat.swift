import CVips

/// The formats that are decoded. libvips finds the format from the content; a file's name plays no part.
enum PhotoFormat: String, CaseIterable {
    case jpeg = "JPEG"
    case png = "PNG"
    case webp = "WebP"
    case heif = "HEIC/AVIF"
    case tiff = "TIFF"
    case gif = "GIF"

    /// The base class of libvips' loaders for it.
    var loader: String {
        switch self {
        case .jpeg: "VipsForeignLoadJpeg"
        case .png: "VipsForeignLoadPng"
        case .webp: "VipsForeignLoadWebp"
        case .heif: "VipsForeignLoadHeif"
        case .tiff: "VipsForeignLoadTiff"
        case .gif: "VipsForeignLoadNsgif"
        }
    }

    /// The format that libvips finds in the first bytes; nil for one that is not allowed.
    init?(of bytes: UnsafeRawBufferPointer) {
        guard let found = vips_foreign_find_load_buffer(bytes.baseAddress, bytes.count) else { return nil }
        let loader = String(cString: found)
        guard let format = Self.allCases.first(where: { loader.hasPrefix($0.loader) }) else { return nil }
        self = format
    }

    /// The loader's option that decodes at a fraction of the size, so that the whole picture never exists; nil where
    /// the decoder has none.
    ///
    /// - Parameter factor: 2, 4 or 8.
    func option(shrinkingBy factor: Int) -> String? {
        switch self {
        case .jpeg: "[shrink=\(factor)]"
        case .webp: "[scale=\(1 / Double(factor))]"
        case .png, .heif, .tiff, .gif: nil
        }
    }

    /// For people: `JPEG, PNG, WebP, HEIC/AVIF, TIFF, GIF`.
    static let list = allCases.map(\.rawValue).joined(separator: ", ")
}
