/// How large a photo may be, how long decoding it may take, and at what scale it is decoded. Bytes, pixels and sides
/// are checked before a pixel is decoded, so that a small file that claims to be a huge picture costs nothing.
public struct PhotoLimits: Hashable, Sendable {
    /// Of the file.
    public var bytes: Int
    /// Width times height, in the file.
    public var pixels: Int
    /// Width and height each, in pixels, in the file.
    public var side: Int
    /// Decoding that takes longer is stopped. Decoders that give rows as they go (all but HEIC/AVIF, interlaced PNG
    /// and progressive JPEG) are stopped within a few rows, those others when they have the first.
    public var seconds: Double
    /// A photo of more than 12 megapixels is decoded at a half, a quarter or an eighth of its size, as long as its
    /// longer side keeps this many pixels. Others, and all under `Int.max`, are decoded as they are.
    public var keptSide: Int
    /// Whether colours are converted to sRGB by the profile in the file. Otherwise RGB and grey values stay as they are
    /// stored, as they did in the course assignment, whose distances are reproduced that way.
    public var convertsColours: Bool

    public init(
        bytes: Int = 64_000_000, pixels: Int = 100_000_000, side: Int = 20_000, seconds: Double = 30,
        keptSide: Int = 2_000, convertsColours: Bool = true
    ) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
        self.seconds = seconds
        self.keptSide = keptSide
        self.convertsColours = convertsColours
    }

    /// 64 MB, 100 megapixels, 20,000 pixels a side, 30 seconds, and 2,000 pixels kept: more than any camera at a door
    /// makes, and enough for the faces of a group.
    public static let standard = PhotoLimits()

    /// 1, 2, 4 or 8: what the sides of a photo are divided by.
    func shrinkFactor(width: Int, height: Int) -> Int {
        guard width * height > 12_000_000 else { return 1 }
        return [8, 4, 2].first { max(width, height) / $0 >= keptSide } ?? 1
    }
}
