import Faceprint
import Foundation

/// The ArcFace template's points in space, seen by a camera: a head, or a picture of one.
public struct SyntheticHead {
    /// How far the nose stands before the plane of all else, in distances between the eyes: 0 for a flat picture.
    public var depth: Double
    /// How far away the camera is, in the same unit.
    public var distance: Double
    /// Where the middle of the face is in the photo, in pixels.
    public var middle = Point(x: 160, y: 120)
    /// Pixels between the eyes, at yaw 0.
    public var size = 60.0

    public init(depth: Double = Double(HeadPose.noseDepth), distance: Double = 8) {
        self.depth = depth
        self.distance = distance
    }

    /// - Parameters: In degrees, with the signs of `HeadPose`.
    public func face(yaw: Double = 0, pitch: Double = 0, roll: Double = 0) -> Face {
        let template = Landmarks.arcFace
        let unit = Double(template.eyeDistance)
        let radians = (yaw: yaw * .pi / 180, pitch: pitch * .pi / 180, roll: roll * .pi / 180)
        func seen(_ point: Point, depth: Double) -> Point {
            let (x, y) = ((Double(point.x) - 55.9) / unit, (Double(point.y) - 72) / unit)
            let aside = x * cos(radians.yaw) + depth * sin(radians.yaw)
            let forward = depth * cos(radians.yaw) - x * sin(radians.yaw)
            let down = y * cos(radians.pitch) + forward * sin(radians.pitch)
            let before = forward * cos(radians.pitch) - y * sin(radians.pitch)
            let scale = size * distance / (distance - before)
            return Point(
                x: middle.x + Float(scale * (aside * cos(radians.roll) - down * sin(radians.roll))),
                y: middle.y + Float(scale * (aside * sin(radians.roll) + down * cos(radians.roll))))
        }
        let landmarks = Landmarks(
            leftEye: seen(template.leftEye, depth: 0), rightEye: seen(template.rightEye, depth: 0),
            nose: seen(template.nose, depth: depth), leftMouth: seen(template.leftMouth, depth: 0),
            rightMouth: seen(template.rightMouth, depth: 0))
        let side = Float(size) * 2.2
        return Face(
            box: Box(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side), landmarks: landmarks,
            score: 0.9)
    }
}
