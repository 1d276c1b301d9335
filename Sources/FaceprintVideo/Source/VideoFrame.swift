import Faceprint

/// A picture of a video.
public struct VideoFrame: Sendable {
    /// From 0, as it was read; frames that were passed over count as well.
    public let number: Int
    /// When it is shown, in seconds from the video's beginning; of a live source from when it was first opened.
    public let time: Double
    public let image: Image

    public init(number: Int, time: Double, image: Image) {
        self.number = number
        self.time = time
        self.image = image
    }
}
