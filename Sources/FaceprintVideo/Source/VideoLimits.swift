/// What is read of a video, whatever its header says, and how long it is waited for.
public struct VideoLimits: Hashable, Sendable {
    /// The longer side of a picture, in pixels.
    public var side = 8192
    /// Of a picture, in pixels.
    public var pixels = 64_000_000
    /// In which a source has to be open.
    public var openSeconds = 15.0
    /// In which the next picture has to come.
    public var readSeconds = 10.0

    public static let standard = VideoLimits()

    public init() {}

    func allows(width: Int, height: Int) -> Bool {
        width > 0 && height > 0 && max(width, height) <= side && width * height <= pixels
    }
}
