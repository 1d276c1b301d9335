import Faceprint
import Foundation
import TestSupport
import Testing

/// Heads and pictures of them, turned in space.
@Suite struct HeadTurnTests {
    private let head = SyntheticHead(distance: 1000)
    private let picture = SyntheticHead(depth: 0, distance: 1000)

    private func turn(_ head: SyntheticHead, yaw: Double = 0, pitch: Double = 0, roll: Double = 0) throws -> HeadTurn {
        try #require(
            HeadTurn(from: head.face().landmarks, to: head.face(yaw: yaw, pitch: pitch, roll: roll).landmarks))
    }

    @Test(arguments: [-50, -25, 25, 50] as [Double])
    func aHeadHasItsDepth(yaw: Double) throws {
        let turn = try turn(head, yaw: yaw)
        #expect(abs(turn.parallax - 0.43 * Float(tan(yaw * .pi / 180))) < 0.01)
        #expect(abs(turn.tilt - Float(abs(yaw))) < 0.5)
        #expect(abs(turn.depth - 0.43) < 0.02)
    }

    @Test func aNodMovesTheNoseDownOnly() throws {
        let turn = try turn(head, pitch: 30)
        #expect(abs(turn.parallax) < 0.005)
        #expect(abs(turn.parallaxDown - 0.43 * Float(tan(Double.pi / 6))) < 0.01)
        #expect(turn.depth < 0.02)
        #expect(abs(turn.depthInAnyDirection - 0.43) < 0.02)
    }

    @Test(arguments: [(60, 0, 0), (-45, 40, 0), (30, -30, 25), (0, 50, 90)] as [(Double, Double, Double)])
    func aPictureHasNoneHoweverItIsTurned(yaw: Double, pitch: Double, roll: Double) throws {
        let turn = try turn(picture, yaw: yaw, pitch: pitch, roll: roll)
        #expect(abs(turn.parallax) < 0.005)
        #expect(turn.tilt > 25)
        #expect(turn.depthInAnyDirection < 0.01)
    }

    @Test func movingZoomingAndRollingChangeNothing() throws {
        var moved = head
        (moved.middle, moved.size) = (Point(x: 40, y: 300), 25)
        let here = try turn(head, yaw: 30)
        let there = try #require(
            HeadTurn(from: head.face(roll: -20).landmarks, to: moved.face(yaw: 30, roll: 70).landmarks))
        #expect(abs(here.parallax - there.parallax) < 0.001)
        #expect(abs(here.depth - there.depth) < 0.005)
        #expect(abs(there.roll - 90) < 3)
        let around = try #require(
            HeadTurn(from: head.face(roll: 170).landmarks, to: head.face(roll: -170).landmarks))
        #expect(abs(around.roll - 20) < 0.01)
    }

    @Test func aPictureNearTheCameraStaysBelowWhatIsAskedFor() throws {
        // Life size at 30 cm.
        let near = SyntheticHead(depth: 0, distance: 300.0 / 63)
        let settings = LivenessSettings(identityThreshold: 1)
        for yaw in stride(from: -60.0, through: 60, by: 5) {
            let turn = try turn(near, yaw: yaw, pitch: 15)
            #expect(abs(turn.parallax) < settings.turnParallax || turn.depth < settings.depth)
        }
    }

    @Test func pointsInALineHaveNoTurn() {
        let line = Landmarks(
            leftEye: Point(x: 0, y: 0), rightEye: Point(x: 9, y: 0), nose: Point(x: 5, y: 3),
            leftMouth: Point(x: 2, y: 0), rightMouth: Point(x: 7, y: 0))
        let one = line.map { _ in Point(x: 3, y: 3) }
        let none = line.map { _ in Point(x: .nan, y: 0) }
        for broken in [line, one, none] {
            #expect(HeadTurn(from: head.face().landmarks, to: broken) == nil)
        }
        #expect(HeadTurn(from: one, to: head.face().landmarks) == nil)
    }
}
