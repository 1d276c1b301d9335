import CVips
import Faceprint
import Testing

@testable import FaceprintImaging

@Suite struct FormatTests {
    @Test(arguments: [".png", ".webp[lossless]", ".tif", ".tif[compression=lzw]", ".tif[tile]"])
    func losslessFormatsKeepEveryPixel(suffix: String) throws {
        let image = try Image(decoding: encodedPhoto(as: suffix), name: suffix)
        #expect(image.width == 24 && image.height == 16)
        for y in 0..<16 { for x in 0..<24 { #expect(image.pixel(x, y) == gradient(x: x, y: y)) } }
    }

    @Test(arguments: [".jpg[Q=95]", ".jpg[Q=95,interlace]", ".webp[Q=95]"])
    func lossyFormatsKeepThePicture(suffix: String) throws {
        let image = try Image(decoding: encodedPhoto(as: suffix), name: suffix)
        #expect(image.width == 24 && image.height == 16)
        #expect(isClose(image.pixel(12, 8), gradient(x: 12, y: 8), within: 20))
    }

    @Test(arguments: [".heic[Q=95]", ".avif[Q=95]"])
    func highEfficiencyFormatsAreDecoded(suffix: String) throws {
        // A plain colour survives any encoder.
        let plain: [UInt8]
        do {
            plain = try encodedPhoto(width: 64, height: 48, as: suffix) { _, _ in [200, 60, 30] }
        } catch {
            print("skipped: this libvips can't write \(suffix): \(error)")
            return
        }
        let image = try Image(decoding: plain, name: suffix)
        #expect(image.width == 64 && image.height == 48)
        #expect(isClose(image.pixel(30, 20), [200, 60, 30]))
        let error = decodingError(Array(plain.dropLast(plain.count / 3)), name: suffix)
        #expect(isDamaged(error, name: suffix))
    }

    @Test func theFirstFrameOfAGIFIsTaken() throws {
        let film = try encodedPhoto(as: ".gif[page_height=8]") { _, y in y < 8 ? [255, 0, 0] : [0, 0, 255] }
        let image = try Image(decoding: film, name: "film.gif")
        #expect(image.width == 24 && image.height == 8)
        #expect(isClose(image.pixel(10, 4), [255, 0, 0]))
        #expect(isDamaged(decodingError(film.dropLast(film.count - 20), name: "cut"), name: "cut"))
    }

    @Test func onePixelIsAPhoto() throws {
        let image = try Image(decoding: HandmadePNG(width: 1, height: 1, rows: [[10, 20, 30]]).bytes, name: "dot")
        #expect(image == (try Image(width: 1, height: 1, pixels: [10, 20, 30])))
    }

    @Test func theFirstPageOfSeveralIsTaken() throws {
        // Two pages of 24×8: the picture of 24×16 cut in the middle.
        let pages = try encodedPhoto(as: ".tif[page_height=8]")
        let image = try Image(decoding: pages, name: "pages.tif")
        #expect(image.width == 24 && image.height == 8)
        #expect(image.pixel(3, 7) == gradient(x: 3, y: 7))
    }

    @Test(arguments: [".tif", ".webp[lossless]"])
    func allOrientationsOfAPhotoGiveTheSamePixels(suffix: String) throws {
        let (width, height) = (24, 16)
        let upright = try Image(decoding: encodedPhoto(width: width, height: height, as: suffix), name: "upright")
        for orientation in 1...8 {
            let isTurned = orientation > 4
            let photo = try encodedPhoto(
                width: isTurned ? height : width, height: isTurned ? width : height, as: suffix,
                orientation: orientation
            ) { x, y in
                // Where the stored pixel is shown.
                let (right, below) = (width - 1, height - 1)
                let places = [
                    (x, y), (right - x, y), (right - x, below - y), (x, below - y), (y, x), (right - y, x),
                    (right - y, below - x), (y, below - x),
                ]
                return gradient(x: places[orientation - 1].0, y: places[orientation - 1].1)
            }
            #expect(try Image(decoding: photo, name: suffix) == upright, "orientation \(orientation)")
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
    func exifOrientationIsApplied(orientation: Int) throws {
        let (red, green, blue, white): ([UInt8], [UInt8], [UInt8], [UInt8]) =
            ([255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255])
        // As stored: red and green on top, blue and white below.
        let stored = try encodedPhoto(width: 64, height: 32, as: ".jpg[Q=95]", orientation: orientation) { x, y in
            y < 16 ? (x < 32 ? red : green) : (x < 32 ? blue : white)
        }
        // As shown, row by row, for each orientation of the EXIF standard (tag 0x0112).
        let shown = [
            [red, green, blue, white], [green, red, white, blue], [white, blue, green, red], [blue, white, red, green],
            [red, blue, green, white], [blue, red, white, green], [white, green, blue, red], [green, white, red, blue],
        ][orientation - 1]
        let image = try Image(decoding: stored, name: "turned.jpg")
        let (width, height) = orientation < 5 ? (64, 32) : (32, 64)
        #expect(image.width == width && image.height == height)
        let corners = [(4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5)]
        for (corner, expected) in zip(corners, shown) {
            #expect(isClose(image.pixel(corner.0, corner.1), expected), "corner \(corner)")
        }
    }
}
