/// How large a photo may be. All limits are checked before a pixel is decoded, so that a small file that
/// claims to be a huge picture costs nothing.
public struct PhotoLimits: Hashable, Sendable {
    /// Of the file.
    public var bytes: Int
    /// Width times height.
    public var pixels: Int
    /// Width and height each, in pixels.
    public var side: Int

    public init(bytes: Int = 64_000_000, pixels: Int = 100_000_000, side: Int = 20_000) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
    }

    /// 64 MB, 100 megapixels, 20,000 pixels a side: more than any camera at a door makes.
    public static let standard = PhotoLimits()
}
