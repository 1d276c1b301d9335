/// What a ``LivenessTrial`` demands. The defaults were measured: see `docs/liveness.md`.
public struct LivenessSettings: Hashable, Sendable, Codable {
    /// The largest distance from the frontal frame to each other one. The model's threshold for verification suits
    /// turned faces as well as straight ones.
    public var identityThreshold: Float
    /// How far a face that looks into the camera may be turned to a side by its ``HeadPose``, in degrees.
    public var straightYaw: Float = 12
    /// The same up and down. Cameras hang high and low.
    public var straightPitch: Float = 30
    /// The least ``HeadTurn/parallax`` of a turned head: about 23°.
    public var turnParallax: Float = 0.18
    /// The largest of one that looks back into the camera: about 13°.
    public var backParallax: Float = 0.1
    /// The least ``HeadTurn/depth`` of a turned head; a head has about 0.43.
    public var depth: Float = 0.3
    /// How far a turned head may be tilted in the photo's plane against the straight one, in degrees. Detectors misplace
    /// landmarks of faces that lie on their side.
    public var largestRoll: Float = 30
    /// From this tilt in degrees a face that is less deep than ``flatDepth`` is a picture.
    public var flatTilt: Float = 45
    public var flatDepth: Float = 0.2
    /// How many frames in a row make a step, but for looking back, which takes one.
    public var heldFrames = 2
    /// The longest time between two frames, in seconds.
    public var longestGap = 1.5
    /// The least intersection over union of the boxes of two frames in a row.
    public var leastOverlap: Float = 0.2
    /// The largest change of the parallax between two frames in a row.
    public var largestJump: Float = 0.5

    public init(identityThreshold: Float) { self.identityThreshold = identityThreshold }
}
