/// Five points of a face. Left and right are the viewer's: the left eye is the one further left in an upright photo.
public struct Landmarks: Hashable, Sendable, Codable {
    public var leftEye: Point
    public var rightEye: Point
    public var nose: Point
    /// The left corner of the mouth.
    public var leftMouth: Point
    /// The right corner of the mouth.
    public var rightMouth: Point

    public init(leftEye: Point, rightEye: Point, nose: Point, leftMouth: Point, rightMouth: Point) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.leftMouth = leftMouth
        self.rightMouth = rightMouth
    }

    /// Eyes, nose, corners of the mouth; left before right.
    public var points: [Point] { [leftEye, rightEye, nose, leftMouth, rightMouth] }

    /// Each point moved by a function.
    public func map(_ transform: (Point) -> Point) -> Landmarks {
        Landmarks(
            leftEye: transform(leftEye), rightEye: transform(rightEye), nose: transform(nose),
            leftMouth: transform(leftMouth), rightMouth: transform(rightMouth))
    }
}
