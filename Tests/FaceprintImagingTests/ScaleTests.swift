import Faceprint
import Testing

@testable import FaceprintImaging

@Suite struct ScaleTests {
    @Test(arguments: [
        (width: 4000, height: 3000, factor: 1), (4032, 3024, 2), (6000, 4000, 2), (8064, 6048, 4), (16320, 12240, 8),
        (3500, 3500, 1), (400, 40_000, 8),
    ])
    func largePhotosAreHalvedWhileTheLongerSideKeepsItsPixels(width: Int, height: Int, factor: Int) {
        #expect(PhotoLimits.standard.shrinkFactor(width: width, height: height) == factor)
        #expect(PhotoLimits(keptSide: .max).shrinkFactor(width: width, height: height) == 1)
    }

    @Test(arguments: [
        ".jpg[Q=95]", ".jpg[Q=95,interlace]", ".webp[Q=90,effort=0]", ".png[compression=1]", ".tif", ".gif",
    ])
    func aLargePhotoIsDecodedAtHalfItsSize(suffix: String) throws {
        // 4320×2880: squares of 180 pixels, 90 when shrunk.
        let image = try Image(decoding: enlargedPhoto(times: 180, as: suffix), name: suffix)
        #expect(image.width == 2160 && image.height == 1440)
        for (x, y) in [(0, 0), (12, 8), (23, 15)] {
            let found = image.pixel(90 * x + 45, 90 * y + 45)
            #expect(isClose(found, gradient(x: x, y: y), within: 40), "\(found) at \(x), \(y)")
        }
    }

    @Test(arguments: [".jpg", ".png[compression=1]"])
    func aPhotoOf200MegapixelsIsRefusedOrShrunk(suffix: String) throws {
        // 17,328×11,552: 200,173,056 pixels.
        let photo = try enlargedPhoto(times: 722, as: suffix)
        #expect(
            decodingError(photo)
                == .tooManyPixels(name: "photo", width: 17_328, height: 11_552, limit: "100000000 in all"))
        let image = try Image(decoding: photo, name: suffix, limits: PhotoLimits(pixels: 300_000_000))
        #expect(image.width == 2166 && image.height == 1444)
        #expect(isClose(image.pixel(1100, 700), gradient(x: 12, y: 7)))
    }
}
