import Faceprint
import Testing

@Suite("Image")
struct ImageTests {
    @Test func `Bytes that fill the sides make an image`() throws {
        let image = try Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
        #expect((image.width, image.height) == (2, 1))
        #expect(image.pixels == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: [
        (0, 1, 0), (1, 0, 0), (-1, -1, 3), (1, 1, 0), (1, 1, 2), (1, 1, 4), (2, 1, 3),
        // Their product wraps around to 0 bytes, and to 3.
        (Int.max, Int.max, 0), (1 << 32, 1 << 32, 0), (Int.max, 1, 3), (.min, .min, 0),
    ])
    func `Other sides and byte counts are refused`(width: Int, height: Int, bytes: Int) throws {
        let error = try #require(throws: FaceprintError.self) {
            try Image(width: width, height: height, pixels: [UInt8](repeating: 0, count: bytes))
        }
        guard case .wrongShape("image", _, _) = error else {
            Issue.record("unexpected: \(error)")
            return
        }
    }

    @Test func `Resizing from 96 to 160 takes pixel ⌊(i + ½) · 96 / 160⌋`() throws {
        // Each pixel says where it stands.
        func pixels(_ sides: [UInt8]) -> [UInt8] { sides.flatMap { y in sides.flatMap { x in [x, y, 7] } } }
        let image = try Image(width: 96, height: 96, pixels: pixels(Array(0..<96)))
        let resized = image.resizedByNearestNeighbour(width: 160, height: 160)
        let sources = (0..<160).map { UInt8(((Double($0) + 0.5) * 96 / 160).rounded(.down)) }
        #expect(sources.prefix(6) == [0, 0, 1, 2, 2, 3])
        #expect((resized.width, resized.height) == (160, 160))
        #expect(resized.pixels == pixels(sources))
    }

    @Test func `Resizing keeps width and height apart, and shrinks too`() throws {
        let image = try Image(width: 4, height: 2, pixels: (0..<24).map { UInt8($0) })
        #expect(image.resizedByNearestNeighbour(width: 4, height: 2) == image)
        // Columns ⌊(i + ½) · 2⌋ = 1, 3 and the rows 0, 0, 1, 1.
        let resized = image.resizedByNearestNeighbour(width: 2, height: 4)
        #expect((resized.width, resized.height) == (2, 4))
        let (first, second): ([UInt8], [UInt8]) = ([3, 4, 5, 9, 10, 11], [15, 16, 17, 21, 22, 23])
        #expect(resized.pixels == first + first + second + second)
        #expect(image.resizedByNearestNeighbour(width: 1, height: 1).pixels == [18, 19, 20])
    }

    @Test func `The pixel distance is the root mean square of the differences`() throws {
        func image(_ pixels: [UInt8]) throws -> Image { try Image(width: 2, height: 1, pixels: pixels) }
        let black = try image([0, 0, 0, 0, 0, 0])
        let white = try image([255, 255, 255, 255, 255, 255])
        #expect(try black.pixelDistance(to: black) == 0)
        #expect(try black.pixelDistance(to: white) == 1)
        #expect(try white.pixelDistance(to: black) == 1)
        // One channel of six: √(1/6).
        let red = try image([255, 0, 0, 0, 0, 0])
        #expect(try abs(black.pixelDistance(to: red) - Float(1.0 / 6).squareRoot()) < 1e-6)
    }

    @Test func `Images of two sizes have no pixel distance`() throws {
        let wide = try Image(width: 2, height: 1, pixels: [0, 0, 0, 0, 0, 0])
        let tall = try Image(width: 1, height: 2, pixels: [0, 0, 0, 0, 0, 0])
        #expect(
            throws: FaceprintError.wrongShape(
                what: "image to compare pixel by pixel", expected: "2×1", found: "1×2")
        ) { try wide.pixelDistance(to: tall) }
    }
}
