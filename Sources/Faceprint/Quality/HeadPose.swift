import Foundation

/// Which way a head is turned, judged from five landmarks: in degrees, 0 for a face straight to the camera.
///
/// The head is taken for a rigid, average one far from the camera: eyes and corners of the mouth in one plane, the
/// nose's tip before it by ``noseDepth`` distances between the eyes, and all else as in the ArcFace template. Faces
/// differ, so the angles of one photo are good to some ten degrees.
public struct HeadPose: Hashable, Sendable {
    /// To the side: above 0 when the nose points to the photo's right.
    public let yaw: Float
    /// Up and down: above 0 when the head is bent down.
    public let pitch: Float
    /// In the photo's plane: above 0 when the right eye is lower. An alignment by landmarks turns it back.
    public let roll: Float

    /// How far the tip of the nose stands before the plane of eyes and mouth, in distances between the eyes.
    public static let noseDepth: Float = 0.43

    /// With the photo turned so that the eyes are level and the distance d between them:
    ///
    /// - yaw: a point before the axis by z·d moves to the side by z·d₀·sin θ, while the eyes come nearer to each
    ///   other, d = d₀·cos θ: tan θ = x/(z·d), where x is the nose's distance from the middle of the face.
    /// - pitch: the nose's place v between eyes (0) and mouth (1) moves by z·d·tan φ/h, where h is the height from
    ///   eyes to mouth of a face looking straight: tan φ = (v − v₀)·h/(z·d).
    ///
    /// The middle of the face is the line from the middle of the eyes to that of the mouth.
    public init(_ landmarks: Landmarks) {
        let level = LevelFace(landmarks)
        let straight = LevelFace(.arcFace)
        roll = level.roll
        yaw = degrees(atan2(level.noseAside, Self.noseDepth * level.eyeDistance))
        pitch = degrees(
            atan2(
                (level.nosePlace - straight.nosePlace) * straight.mouthHeight / straight.eyeDistance, Self.noseDepth))
    }
}

/// What counts of a face that was turned until its eyes are level.
private struct LevelFace {
    /// By how much it was turned, in degrees.
    let roll: Float
    let eyeDistance: Float
    /// From the middle of the eyes down to that of the mouth.
    let mouthHeight: Float
    /// The nose between eyes (0) and mouth (1).
    let nosePlace: Float
    /// From the face's middle to the nose, above 0 to the right.
    let noseAside: Float

    init(_ landmarks: Landmarks) {
        let (left, right) = (landmarks.leftEye, landmarks.rightEye)
        let (dx, dy) = (right.x - left.x, right.y - left.y)
        eyeDistance = landmarks.eyeDistance
        roll = degrees(atan2(dy, dx))
        let (cosine, sine) = eyeDistance > 0 ? (dx / eyeDistance, dy / eyeDistance) : (1, 0)
        let middle = Point(x: (left.x + right.x) / 2, y: (left.y + right.y) / 2)
        let level = landmarks.map {
            let (x, y) = ($0.x - middle.x, $0.y - middle.y)
            return Point(x: cosine * x + sine * y, y: cosine * y - sine * x)
        }
        mouthHeight = (level.leftMouth.y + level.rightMouth.y) / 2
        // A mouth level with the eyes is no face's; any number far from a face's own does.
        nosePlace = mouthHeight > 0 ? level.nose.y / mouthHeight : level.nose.y < 0 ? -10 : 10
        noseAside = level.nose.x - nosePlace * (level.leftMouth.x + level.rightMouth.x) / 2
    }
}

extension Landmarks {
    /// Between the middles of the eyes, in pixels.
    public var eyeDistance: Float { hypot(rightEye.x - leftEye.x, rightEye.y - leftEye.y) }
}

private func degrees(_ radians: Float) -> Float { radians * 180 / .pi }
