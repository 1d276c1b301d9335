import Faceprint
import FaceprintFiles
import FaceprintImaging
import TestSupport
import Testing

@Suite struct RefusalTests {
    @Test func filesThatAreNoPhotosAreNamed() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path("missing.jpg")
        #expect(throws: ImagingError.file(.missing(path: missing))) { try Photo(contentsOf: missing) }
        #expect(throws: ImagingError.file(.isFolder(path: folder.url.path))) { try Photo(contentsOf: folder.url.path) }
        let empty = folder.path("empty.jpg")
        try [UInt8]().write(to: empty)
        #expect(throws: ImagingError.file(.empty(path: empty))) { try Photo(contentsOf: empty) }
        let text = folder.path("text.jpg")
        try Array("not a photo at all\n".utf8).write(to: text)
        #expect(throws: ImagingError.notAPhoto(name: text, content: "text")) { try Image(contentsOf: text) }
        #expect("\(ImagingError.notAPhoto(name: text, content: "text"))".contains("text.jpg” is not a photo"))
    }

    @Test func noBytesAreNoPhoto() {
        #expect(decodingError([], name: "body") == .empty(name: "body"))
    }

    @Test(arguments: [
        ("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "an SVG drawing"),
        ("%PDF-1.7\n1 0 obj", "a PDF document"),
        ("P2\n1 1\n255\n7\n", "a portable anymap"),
        ("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n", "a Radiance picture"),
        ("BM\u{1}\u{0}\u{0}\u{0}", "a BMP"),
    ])
    func otherFormatsAreRefusedByName(content: String, format: String) {
        let error = decodingError(Array(content.utf8), name: "odd.jpg")
        #expect(error == .unsupportedFormat(name: "odd.jpg", format: format))
        #expect("\(error!)".contains("JPEG, PNG, WebP, HEIC/AVIF, TIFF, GIF"))
    }

    @Test(arguments: [(".jp2", "a JPEG 2000"), (".ppm", "a portable anymap"), (".v", "a libvips picture")])
    func realFilesOfOtherFormatsAreRefused(suffix: String, format: String) throws {
        guard let photo = try? encodedPhoto(as: suffix) else {
            return print("skipped: this libvips can't write \(suffix)")
        }
        #expect(decodingError(photo) == .unsupportedFormat(name: "photo", format: format))
    }

    @Test func aJPEGXLIsRefused() {
        let container: [UInt8] = [0, 0, 0, 12] + Array("JXL ".utf8) + [13, 10, 0x87, 10]
        for bytes in [container, [0xFF, 0x0A, 0xFA, 0x1F, 0x01]] {
            #expect(decodingError(bytes) == .unsupportedFormat(name: "photo", format: "a JPEG XL"))
        }
    }

    @Test func decodingIsStoppedWhenItsTimeIsOver() throws {
        let photo = try enlargedPhoto(times: 40, as: ".png")
        #expect(decodingError(photo, limits: PhotoLimits(seconds: 0)) == .tooSlow(name: "photo", limit: 0))
    }

    @Test(arguments: [
        ("BMW makes cars", "text"), ("<!DOCTYPE html><html>", "a web page"), ("a,b\n1,2\n", "text"),
        ("\u{0}\u{1}\u{2}\u{3}", "unknown binary data"),
    ])
    func whatIsNoPictureIsDescribed(content: String, description: String) {
        #expect(decodingError(Array(content.utf8)) == .notAPhoto(name: "photo", content: description))
    }

    @Test(arguments: [".jpg[Q=90]", ".jpg[Q=90,interlace]", ".png", ".webp", ".tif"])
    func aPhotoCutShortIsNeverHalfAPhoto(suffix: String) throws {
        let whole = try encodedPhoto(width: 120, height: 90, as: suffix) { x, y in
            [x * x * 7 + y * 31, x * y, x * 13 ^ y * 5].map { UInt8(truncatingIfNeeded: $0) }
        }
        for share in [0.2, 0.5, 0.9] {
            let error = decodingError(Array(whole.prefix(Int(Double(whole.count) * share))), name: "cut")
            #expect(isDamaged(error, name: "cut"), "\(share) of \(suffix): \(error.map { "\($0)" } ?? "decoded")")
        }
    }

    @Test func aWrongChecksumIsNamed() {
        var photo = HandmadePNG(width: 1, height: 1, rows: [[1, 2, 3]]).bytes
        photo[photo.count - 13] ^= 1
        let error = decodingError(photo, name: "bad.png")
        #expect(isDamaged(error, name: "bad.png") && "\(error!)".contains("CRC"), "\(error!)")
    }

    @Test func hugeSidesAreRefusedFromTheHeader() {
        let header = HandmadePNG(width: 30_000, height: 30_000, rows: [[0, 0, 0]]).bytes
        #expect(
            decodingError(header, name: "bomb.png")
                == .tooManyPixels(name: "bomb.png", width: 30_000, height: 30_000, limit: "20000 a side"))
        let area = HandmadePNG(width: 20_000, height: 5_001, rows: [[0, 0, 0]]).bytes
        #expect(
            decodingError(area, name: "bomb.png")
                == .tooManyPixels(name: "bomb.png", width: 20_000, height: 5_001, limit: "100000000 in all"))
    }

    @Test func aDecompressionBombIsRefused() throws {
        let bomb = try encodedPhoto(width: 2000, height: 1000, as: ".png") { _, _ in [0] }
        #expect(bomb.count < 20_000, "2 million pixels in few bytes")
        let limits = PhotoLimits(pixels: 1_000_000)
        #expect(
            decodingError(bomb, name: "bomb.png", limits: limits)
                == .tooManyPixels(name: "bomb.png", width: 2000, height: 1000, limit: "1000000 in all"))
    }

    @Test func tooManyBytesAreRefused() throws {
        let photo = try encodedPhoto(as: ".png")
        let limits = PhotoLimits(bytes: photo.count - 1)
        #expect(
            decodingError(photo, limits: limits)
                == .tooManyBytes(name: "photo", found: photo.count, limit: photo.count - 1))
        let folder = try TemporaryFolder()
        let path = folder.path("large.png")
        try photo.write(to: path)
        #expect(throws: ImagingError.file(.tooLarge(path: path, bytes: photo.count, limit: photo.count - 1))) {
            try Photo(contentsOf: path, limits: limits)
        }
        #expect(try Image(contentsOf: path, limits: PhotoLimits(bytes: photo.count)).width == 24)
    }
}
