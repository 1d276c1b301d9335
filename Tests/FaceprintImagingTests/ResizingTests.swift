import Faceprint
import FaceprintImaging
import Testing

@Suite struct ResizingTests {
    private func image(width: Int, height: Int, _ pixel: (Int, Int) -> [UInt8]) throws -> Image {
        try Image(
            width: width, height: height,
            pixels: (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } })
    }

    @Test(arguments: [(96, 96), (160, 160), (640, 480), (97, 1), (1, 1), (3, 1000), (1126, 661)])
    func theSizeIsExact(width: Int, height: Int) throws {
        let source = try image(width: width, height: height) { _, _ in [12, 130, 250] }
        for (newWidth, newHeight) in [(160, 160), (112, 96), (1, 1), (33, 7)] {
            let resized = source.resized(width: newWidth, height: newHeight, interpolation: .lanczos)
            #expect(resized.width == newWidth && resized.height == newHeight)
            // Resampling weights sum to one, also at the edges.
            #expect(
                Set(stride(from: 0, to: resized.pixels.count, by: 3).map { Array(resized.pixels[$0..<$0 + 3]) })
                    == [[12, 130, 250]])
        }
    }

    @Test func nearestIsTheDomainsOwn() throws {
        let source = try image(width: 24, height: 16, gradient)
        #expect(
            source.resized(width: 40, height: 9, interpolation: .nearest)
                == source.resizedByNearestNeighbour(width: 40, height: 9))
    }

    @Test func theSameSizeIsTheSamePicture() throws {
        let source = try image(width: 24, height: 16, gradient)
        #expect(source.resized(width: 24, height: 16, interpolation: .lanczos) == source)
    }

    /// A ramp stays a ramp whose pixel centres are where they belong. Eight grey levels a pixel and the mean over
    /// many pixels show a shift of a tenth of a pixel.
    @Test(arguments: [(32, 160), (20, 33), (30, 50), (30, 30 * 5 / 6), (32, 16), (32, 13)])
    func pixelCentresStayInPlace(size: Int, newSize: Int) throws {
        let source = try image(width: size, height: size) { x, y in [UInt8(8 * x), UInt8(8 * y), 0] }
        let resized = source.resized(width: newSize, height: newSize, interpolation: .lanczos)
        let margin = newSize / 4
        var (shiftRight, shiftDown) = (0.0, 0.0)
        for i in margin..<(newSize - margin) {
            let expected = 8 * ((Double(i) + 0.5) * Double(size) / Double(newSize) - 0.5)
            shiftRight += Double(resized.pixel(i, newSize / 2)[0]) - expected
            shiftDown += Double(resized.pixel(newSize / 2, i)[1]) - expected
        }
        let count = Double(newSize - 2 * margin)
        #expect(abs(shiftRight / count) < 0.8 && abs(shiftDown / count) < 0.8)
    }

    /// Every other column black: shrunk without blur it would be stripes, or all black or white.
    @Test func shrinkingBlursWhatIsTooFine() throws {
        let source = try image(width: 128, height: 128) { x, _ in x.isMultiple(of: 2) ? [0, 0, 0] : [255, 255, 255] }
        let resized = source.resized(width: 32, height: 32, interpolation: .lanczos)
        #expect(isClose(resized.pixel(16, 16), [127, 127, 127], within: 3))
        #expect(isClose(resized.pixel(17, 16), [127, 127, 127], within: 3))
    }
}
