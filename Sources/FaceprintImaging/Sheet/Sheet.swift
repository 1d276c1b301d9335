/// A picture of a face on paper or on a screen, held before a camera: what liveness is tried with.
///
/// Lengths are in distances between the picture's eyes, so a face printed at life size, 63 mm between the eyes, at a
/// distance of 5 is about 30 cm away.
public struct Sheet: Hashable, Sendable {
    public enum Shape: Hashable, Sendable {
        case flat
        /// Around a vertical axis behind the face; before it for a radius below 0, which makes it hollow.
        case bent(radius: Double)
        /// Along the line down the face's middle, each half that many degrees back, 0 to below 90.
        case folded(degrees: Double)
    }

    public var shape: Shape = .flat
    /// To the side in degrees, above 0 as a head whose nose would point to the photo's right.
    public var yaw = 0.0
    /// Up and down in degrees, above 0 as a head that is bent down.
    public var pitch = 0.0
    /// In the photo's plane in degrees, above 0 clockwise.
    public var roll = 0.0
    /// From the camera.
    public var distance = 8.0
    /// A camera that sees it so many times as large.
    public var zoom = 1.0
    /// How far it is moved to the right.
    public var right = 0.0
    /// How far it is moved down.
    public var down = 0.0

    public init(_ shape: Shape = .flat, distance: Double = 8) {
        self.shape = shape
        self.distance = distance
    }
}
