import Faceprint
import FaceprintImaging
import Foundation
import TestSupport
import Testing

/// Pictures on paper before a camera.
@Suite struct SheetTests {
    private let face = Landmarks.arcFace.map { Point(x: $0.x * 1.5 + 30, y: $0.y * 1.5 + 20) }

    /// Black, with a white disc at each landmark.
    private func picture() throws -> Image {
        let side = 260
        var pixels = [UInt8](repeating: 0, count: side * side * 3)
        for point in face.points {
            for y in Int(point.y) - 4...Int(point.y) + 5 {
                for x in Int(point.x) - 4...Int(point.x) + 5
                where hypot(Float(x) - point.x, Float(y) - point.y) <= 3.5 {
                    for channel in 0..<3 { pixels[(y * side + x) * 3 + channel] = 255 }
                }
            }
        }
        return try Image(width: side, height: side, pixels: pixels)
    }

    /// Where the light around a place is, which must not be far.
    private func light(_ photo: Image, near place: Point) -> Point? {
        var (sum, sumX, sumY): (Float, Float, Float) = (0, 0, 0)
        for y in max(Int(place.y) - 9, 0)..<min(Int(place.y) + 10, photo.height) {
            for x in max(Int(place.x) - 9, 0)..<min(Int(place.x) + 10, photo.width) {
                let light = max(Float(photo.pixels[(y * photo.width + x) * 3]) - 30, 0)
                (sum, sumX, sumY) = (sum + light, sumX + light * Float(x), sumY + light * Float(y))
            }
        }
        return sum > 0 ? Point(x: sumX / sum, y: sumY / sum) : nil
    }

    /// A point of the picture, seen by a camera: on the sheet, turned about its axes in turn, and projected.
    private func projected(_ point: Point, _ sheet: Sheet, side: Double = 320, eyes: Double = 48) -> Point {
        let unit = Double(face.eyeDistance)
        let middle = [face.leftEye, face.rightEye, face.leftMouth, face.rightMouth]
        let x = (Double(point.x) - Double(middle.reduce(0) { $0 + $1.x } / 4)) / unit
        let y = (Double(point.y) - Double(middle.reduce(0) { $0 + $1.y } / 4)) / unit
        // To the side, and back from the middle.
        let (aside, back): (Double, Double)
        switch sheet.shape {
        case .flat: (aside, back) = (x, 0)
        case .bent(let radius): (aside, back) = (radius * sin(x / radius), radius * (1 - cos(x / radius)))
        case .folded(let degrees): (aside, back) = (x * cos(degrees * .pi / 180), abs(x) * sin(degrees * .pi / 180))
        }
        let (yaw, pitch, roll) = (sheet.yaw * .pi / 180, sheet.pitch * .pi / 180, sheet.roll * .pi / 180)
        let before = -back
        let x1 = aside * cos(yaw) + before * sin(yaw)
        let before1 = before * cos(yaw) - aside * sin(yaw)
        let y2 = y * cos(pitch) + before1 * sin(pitch)
        let before2 = before1 * cos(pitch) - y * sin(pitch)
        let (x3, y3) = (x1 * cos(roll) - y2 * sin(roll), x1 * sin(roll) + y2 * cos(roll))
        let scale = eyes * sheet.zoom * sheet.distance / (sheet.distance - before2)
        return Point(
            x: Float((side - 1) / 2 + scale * (x3 + sheet.right)), y: Float((side - 1) / 2 + scale * (y3 + sheet.down)))
    }

    @Test(
        arguments: [
            .flat, .bent(radius: 2), .bent(radius: -2.5), .folded(degrees: 20),
        ] as [Sheet.Shape],
        [(0, 0, 0), (35, 0, 0), (-30, 25, 0), (15, -30, 40)] as [(Double, Double, Double)])
    func landmarksAreSeenWhereTheyAreProjected(shape: Sheet.Shape, angles: (Double, Double, Double)) throws {
        var sheet = Sheet(shape, distance: 5)
        (sheet.yaw, sheet.pitch, sheet.roll) = angles
        (sheet.right, sheet.down, sheet.zoom) = (0.3, -0.2, 1.2)
        let photo = try picture().seen(on: sheet, face: face)
        for point in face.points {
            let expected = projected(point, sheet)
            let found = try #require(light(photo, near: expected))
            #expect(hypot(found.x - expected.x, found.y - expected.y) < 0.8, "\(found), \(expected)")
        }
    }

    @Test func aSheetThatIsNotTurnedIsThePictureItself() throws {
        let photo = try picture().seen(on: Sheet(), face: face, side: 100, eyeDistance: face.eyeDistance)
        let middle = Point(x: 49.5, y: 49.5)
        #expect(photo.width == 100 && photo.height == 100)
        let nose = try #require(light(photo, near: Point(x: middle.x, y: middle.y - 1)))
        let expected = projected(face.nose, Sheet(), side: 100, eyes: Double(face.eyeDistance))
        #expect(hypot(nose.x - expected.x, nose.y - expected.y) < 0.3)
    }

    @Test func besideThePictureThereIsGrey() throws {
        var sheet = Sheet()
        sheet.yaw = 60
        let photo = try picture().seen(on: sheet, face: face)
        #expect(Array(photo.pixels.prefix(3)) == [96, 96, 96])
        // Seen from its edge there is nothing else.
        sheet.yaw = 90
        #expect(try picture().seen(on: sheet, face: face).pixels.filter { $0 != 96 }.count < 320 * 12)
    }

    @Test func aLargePictureIsShrunkFirst() throws {
        let large = try picture().resized(width: 1040, height: 1040, interpolation: .lanczos)
        let moved = face.map { Point(x: ($0.x + 0.5) * 4 - 0.5, y: ($0.y + 0.5) * 4 - 0.5) }
        var sheet = Sheet(distance: 6)
        sheet.yaw = 30
        let photo = try large.seen(on: sheet, face: moved)
        for point in face.points {
            let expected = projected(point, sheet)
            let found = try #require(light(photo, near: expected))
            #expect(hypot(found.x - expected.x, found.y - expected.y) < 0.8)
        }
    }

    @Test func eyesInOnePlaceAreRefused() throws {
        let none = face.map { _ in Point(x: 3, y: 3) }
        #expect(throws: ImagingError.self) { try picture().seen(on: Sheet(), face: none) }
        var lost = face
        lost.leftMouth.x = .nan
        #expect(throws: ImagingError.self) { try picture().seen(on: Sheet(), face: lost) }
    }
}
