import Faceprint
import FaceprintImaging
import TestSupport
import Testing

@Suite struct ThumbnailTests {
    private func decoded(_ jpeg: [UInt8]) throws -> Image {
        #expect(jpeg.starts(with: [0xFF, 0xD8, 0xFF]))
        return try Image(decoding: jpeg, name: "thumbnail")
    }

    /// The mean difference of two images of one size, 0…255.
    private func difference(_ a: Image, _ b: Image) -> Double {
        Double(zip(a.pixels, b.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(a.pixels.count)
    }

    @Test func showTheFaceUpright() throws {
        let photo = try testImage(1, side: 16).resized(width: 300, height: 300, interpolation: .lanczos)
        let landmarks = Landmarks.arcFace.map { Point(x: 250 - $0.x, y: 250 - $0.y) }
        let face = Face(box: Box(x: 140, y: 140, width: 100, height: 100), landmarks: landmarks, score: 1)
        let thumbnail = try decoded(photo.thumbnail(of: face))
        #expect(thumbnail.width == 112 && thumbnail.height == 112)
        let upright = try photo.aligned(to: face, as: .arcFace, width: 112, height: 112)
        #expect(difference(thumbnail, upright) < 8)
        #expect(difference(thumbnail, photo.resized(width: 112, height: 112, interpolation: .lanczos)) > 16)
        #expect(throws: ImagingError.self) {
            let point = Point(x: 3, y: 3)
            return try photo.thumbnail(of: Face(box: face.box, landmarks: landmarks.map { _ in point }, score: 1))
        }
    }

    @Test(arguments: [
        (160, 160, 112, 112), (400, 100, 112, 28), (100, 400, 28, 112), (16, 16, 16, 16), (112, 50, 112, 50),
        (5000, 1, 112, 1),
    ])
    func showTheWholePhotoInItsShape(_ width: Int, _ height: Int, _ expectedWidth: Int, _ expectedHeight: Int) throws {
        let photo = try testImage(2, side: 16).resized(width: width, height: height, interpolation: .lanczos)
        let thumbnail = try decoded(photo.thumbnail(of: nil))
        #expect(thumbnail.width == expectedWidth && thumbnail.height == expectedHeight)
    }
}
