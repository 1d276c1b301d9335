import Faceprint
import Foundation
import Testing

/// The template's points in space, seen from far away.
@Suite struct HeadPoseTests {
    /// The template turned in space around the middle of its eyes, its nose before the plane of all else.
    ///
    /// - Parameters: In degrees, with the signs of ``HeadPose``.
    private func head(yaw: Double = 0, pitch: Double = 0, roll: Double = 0) -> Landmarks {
        let face = Landmarks.arcFace
        let middle = Point(x: (face.leftEye.x + face.rightEye.x) / 2, y: (face.leftEye.y + face.rightEye.y) / 2)
        func turned(_ point: Point, depth: Double) -> Point {
            let (x, y) = (Double(point.x - middle.x), Double(point.y - middle.y))
            let (cosYaw, sinYaw) = (cos(yaw * .pi / 180), sin(yaw * .pi / 180))
            let (cosPitch, sinPitch) = (cos(pitch * .pi / 180), sin(pitch * .pi / 180))
            let (cosRoll, sinRoll) = (cos(roll * .pi / 180), sin(roll * .pi / 180))
            let aside = x * cosYaw + depth * sinYaw
            let before = depth * cosYaw - x * sinYaw
            let down = y * cosPitch + before * sinPitch
            return Point(
                x: middle.x + Float(aside * cosRoll - down * sinRoll),
                y: middle.y + Float(aside * sinRoll + down * cosRoll))
        }
        let depth = Double(HeadPose.noseDepth * face.eyeDistance)
        return Landmarks(
            leftEye: turned(face.leftEye, depth: 0), rightEye: turned(face.rightEye, depth: 0),
            nose: turned(face.nose, depth: depth), leftMouth: turned(face.leftMouth, depth: 0),
            rightMouth: turned(face.rightMouth, depth: 0))
    }

    private func mirrored(_ face: Landmarks) -> Landmarks {
        func other(_ point: Point) -> Point { Point(x: 111 - point.x, y: point.y) }
        return Landmarks(
            leftEye: other(face.rightEye), rightEye: other(face.leftEye), nose: other(face.nose),
            leftMouth: other(face.rightMouth), rightMouth: other(face.leftMouth))
    }

    @Test(arguments: [-60, -40, -15, 0, 15, 40, 60] as [Double])
    func aHeadTurnedInSpaceIsMeasured(degrees: Double) {
        // The template's own nose is a little off its middle, which makes half a degree.
        #expect(abs(HeadPose(head(yaw: degrees)).yaw - Float(degrees)) < 1.5)
        #expect(abs(HeadPose(head(yaw: degrees)).pitch) < 1)
        #expect(abs(HeadPose(head(pitch: degrees)).pitch - Float(degrees)) < 1)
        #expect(abs(HeadPose(head(roll: degrees)).roll - Float(degrees)) < 1)
    }

    @Test func rollChangesNeitherYawNorPitch() {
        let level = HeadPose(head(yaw: 30, pitch: 10))
        for roll in stride(from: -170.0, through: 170, by: 20) {
            let tilted = HeadPose(head(yaw: 30, pitch: 10, roll: roll))
            #expect(abs(tilted.yaw - level.yaw) < 0.01)
            #expect(abs(tilted.pitch - level.pitch) < 0.01)
        }
    }

    @Test(arguments: [-50, -20, 5, 35] as [Double])
    func theMirrorImageLooksTheOtherWay(yaw: Double) {
        let face = head(yaw: yaw, pitch: 12, roll: 8)
        let (here, there) = (HeadPose(face), HeadPose(mirrored(face)))
        #expect(abs(here.yaw + there.yaw) < 0.01)
        #expect(abs(here.roll + there.roll) < 0.01)
        #expect(abs(here.pitch - there.pitch) < 0.01)
    }

    @Test func pointsInOnePlaceAreNotNumbersToTrip() {
        let point = Point(x: 3, y: 3)
        let pose = HeadPose(
            Landmarks(leftEye: point, rightEye: point, nose: point, leftMouth: point, rightMouth: point))
        #expect(pose.yaw.isFinite && pose.pitch.isFinite && pose.roll.isFinite)
    }
}
