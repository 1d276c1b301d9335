import Faceprint
import FaceprintImaging
import Foundation
import TestSupport
import Testing

/// Cutting faces out of photos.
@Suite struct AlignmentTests {
    /// A black photo with a white disc at each landmark.
    private func photo(of landmarks: Landmarks, side: Int, radius: Float) throws -> Image {
        var pixels = [UInt8](repeating: 0, count: side * side * 3)
        for y in 0..<side {
            for x in 0..<side {
                let isNear = landmarks.points.contains {
                    let (dx, dy) = (Float(x) - $0.x, Float(y) - $0.y)
                    return dx * dx + dy * dy <= radius * radius
                }
                if isNear { for channel in 0..<3 { pixels[(y * side + x) * 3 + channel] = 255 } }
            }
        }
        return try Image(width: side, height: side, pixels: pixels)
    }

    private func face(_ landmarks: Landmarks) -> Face {
        Face(box: Box(x: 10, y: 10, width: 40, height: 40), landmarks: landmarks, score: 1)
    }

    /// The template turned, scaled and moved.
    private func landmarks(degrees: Float, scale: Float, middle: Float) -> Landmarks {
        let (a, b) = (scale * cos(degrees * .pi / 180), scale * sin(degrees * .pi / 180))
        let turn = SimilarityTransform(a: a, b: b, tx: middle - 56 * a + 56 * b, ty: middle - 56 * b - 56 * a)
        return Landmarks.arcFace.map { turn($0) }
    }

    @Test(arguments: [-30, 0, 30] as [Float], [0.8, 1, 3.7] as [Float])
    func theLandmarksComeToLieOnTheTemplate(degrees: Float, scale: Float) throws {
        let side = Int(scale * 130) + 40
        let landmarks = landmarks(degrees: degrees, scale: scale, middle: Float(side) / 2)
        let photo = try photo(of: landmarks, side: side, radius: max(3 * scale, 2))
        let aligned = try photo.aligned(to: face(landmarks), as: .arcFace, width: 112, height: 112)
        // The centre of mass of the light around each of the template's points.
        for point in Landmarks.arcFace.points {
            var (sum, sumX, sumY): (Float, Float, Float) = (0, 0, 0)
            for y in Int(point.y) - 8...Int(point.y) + 8 {
                for x in Int(point.x) - 8...Int(point.x) + 8 {
                    let light = Float(aligned.pixels[(y * 112 + x) * 3])
                    sum += light
                    sumX += light * Float(x)
                    sumY += light * Float(y)
                }
            }
            #expect(abs(sumX / sum - point.x) < 0.5)
            #expect(abs(sumY / sum - point.y) < 0.5)
        }
    }

    @Test func aFaceThatLiesOnTheTemplateIsCopied() throws {
        let photo = try testImage(4, side: 112)
        let aligned = try photo.aligned(to: face(.arcFace), as: .arcFace, width: 112, height: 112)
        for (found, expected) in zip(aligned.pixels, photo.pixels) { #expect(abs(Int(found) - Int(expected)) <= 1) }
    }

    @Test func whatLiesOutsideOfThePhotoIsBlack() throws {
        let white = try Image(width: 50, height: 50, pixels: [UInt8](repeating: 255, count: 7500))
        let half = Landmarks.arcFace.map { Point(x: $0.x - 56, y: $0.y) }
        let aligned = try white.aligned(to: face(half), as: .arcFace, width: 112, height: 112)
        #expect(aligned.pixels[(20 * 112 + 10) * 3] == 0)
        #expect(aligned.pixels[(20 * 112 + 80) * 3] == 255)
    }

    @Test func theBoxHasAnEighthMoreAtEachSideAndEndsAtThePhotosEdge() throws {
        let photo = try testImage(5, side: 64)
        // From 10 − 5 to 50 + 5.
        let cut = try photo.aligned(to: face(.arcFace), as: .box, width: 50, height: 50)
        let row = (7 * 64 + 5) * 3
        #expect(Array(cut.pixels[(2 * 50 * 3)..<(2 * 50 * 3 + 150)]) == Array(photo.pixels[row..<(row + 150)]))
        var corner = face(.arcFace)
        corner.box = Box(x: -20, y: -20, width: 40, height: 40)
        let clipped = try photo.aligned(to: corner, as: .box, width: 25, height: 25)
        #expect(Array(clipped.pixels[0..<75]) == Array(photo.pixels[0..<75]))
    }

    @Test func nonsenseIsRefused() throws {
        let photo = try testImage(6, side: 32)
        let point = Point(x: 4, y: 4)
        let flat = Landmarks(leftEye: point, rightEye: point, nose: point, leftMouth: point, rightMouth: point)
        #expect(throws: ImagingError.self) { try photo.aligned(to: face(flat), as: .arcFace, width: 8, height: 8) }
        let lost = Landmarks.arcFace.map { Point(x: $0.x, y: .nan) }
        #expect(throws: ImagingError.self) { try photo.aligned(to: face(lost), as: .arcFace, width: 8, height: 8) }
        for box in [
            Box(x: 100, y: 0, width: 10, height: 10), Box(x: .infinity, y: 0, width: 10, height: 10),
            Box(x: 0, y: 0, width: -10, height: 10),
        ] {
            var outside = face(.arcFace)
            outside.box = box
            #expect(throws: ImagingError.self) { try photo.aligned(to: outside, as: .box, width: 8, height: 8) }
        }
    }
}
