import CVips
import Faceprint
import Testing

@testable import FaceprintImaging

@Suite struct ColourTests {
    private func decode(_ photo: HandmadePNG) throws -> [UInt8] {
        try Image(decoding: photo.bytes, name: "handmade.png").pixels
    }

    @Test func greyBecomesThreeEqualChannels() throws {
        let grey = HandmadePNG(width: 3, height: 1, colour: .grey, rows: [[0, 77, 255]])
        #expect(try decode(grey) == [0, 0, 0, 77, 77, 77, 255, 255, 255])
        let jpeg = try encodedPhoto(as: ".jpg", interpretation: VIPS_INTERPRETATION_B_W) { _, _ in [77] }
        #expect(try Image(decoding: jpeg, name: "grey.jpg").pixel(5, 5) == [77, 77, 77])
    }

    @Test func sixteenBitsKeepTheUpperEight() throws {
        let deep = HandmadePNG(
            width: 2, height: 1, depth: 16, rows: [[0, 0, 0x80, 0x10, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6]])
        #expect(try decode(deep) == [0, 0x80, 0xFF, 1, 3, 5])
        let grey = HandmadePNG(width: 2, height: 1, depth: 16, colour: .grey, rows: [[0x4D, 0x10, 0xFF, 0xFF]])
        #expect(try decode(grey) == [0x4D, 0x4D, 0x4D, 255, 255, 255])
    }

    @Test func aPaletteIsLookedUp() throws {
        // Four pixels of two bits: colours 2, 0, 1, 2.
        let photo = HandmadePNG(
            width: 4, height: 1, depth: 2, colour: .palette, palette: [255, 0, 0, 0, 255, 0, 9, 8, 7],
            rows: [[0b1000_0110]])
        #expect(try decode(photo) == [9, 8, 7, 255, 0, 0, 0, 255, 0, 9, 8, 7])
    }

    @Test func opaquePixelsKeepTheirColoursExactly() throws {
        let colours = (0..<256).map { [UInt8($0), UInt8(255 - $0), UInt8($0 / 2)] }
        let photo = HandmadePNG(width: 256, height: 1, colour: .rgbAlpha, rows: [colours.flatMap { $0 + [255] }])
        #expect(try decode(photo) == colours.flatMap(\.self))
    }

    @Test func transparentPixelsLieOnWhite() throws {
        let photo = HandmadePNG(
            width: 3, height: 1, colour: .rgbAlpha, rows: [[100, 0, 200, 0, 0, 100, 200, 51, 7, 8, 9, 255]])
        // 51 of 255 is a fifth: c/5 + 255·4/5.
        #expect(try decode(photo) == [255, 255, 255, 204, 224, 244, 7, 8, 9])
        let grey = HandmadePNG(width: 2, height: 1, colour: .greyAlpha, rows: [[100, 51, 100, 255]])
        #expect(try decode(grey) == [224, 224, 224, 100, 100, 100])
        let palette = HandmadePNG(
            width: 2, height: 1, colour: .palette, palette: [10, 20, 30, 40, 50, 60], transparency: [0], rows: [[0, 1]])
        #expect(try decode(palette) == [255, 255, 255, 40, 50, 60])
        let deep = HandmadePNG(
            width: 2, height: 1, depth: 16, colour: .rgbAlpha,
            rows: [[100, 0, 100, 0, 100, 0, 0, 0, 100, 0, 100, 0, 100, 0, 255, 255]])
        #expect(try decode(deep) == [255, 255, 255, 100, 100, 100])
    }

    @Test(
        arguments: [
            (ink: [0, 0, 0, 0], colour: [255, 255, 255]), (ink: [255, 0, 0, 0], colour: [0, 170, 240]),
            (ink: [0, 255, 255, 0], colour: [235, 30, 40]), (ink: [0, 0, 0, 255], colour: [35, 30, 30]),
        ] as [(ink: [UInt8], colour: [UInt8])])
    func printingInksBecomeTheColoursTheyPrint(ink: [UInt8], colour: [UInt8]) throws {
        for suffix in [".jpg[Q=95]", ".tif"] {
            let photo = try encodedPhoto(as: suffix, interpretation: VIPS_INTERPRETATION_CMYK) { _, _ in ink }
            let found = try Image(decoding: photo, name: "print").pixel(10, 10)
            #expect(isClose(found, colour, within: 45), "\(ink) as \(suffix) is \(found)")
        }
    }

    @Test(arguments: [".png", ".tif", ".webp[lossless]", ".jpg[Q=100,subsample_mode=off]"])
    func aWideProfileIsConvertedToSRGB(suffix: String) throws {
        let separator = suffix.contains("[") ? "," : "["
        let options = suffix.replacing("]", with: "") + separator + "profile=p3]"
        let photo = try encodedPhoto(as: options) { _, _ in [200, 100, 50] }
        let found = try Image(decoding: photo, name: "p3").pixel(10, 10)
        // By the published matrices of Display P3 and sRGB, whose curves are the same.
        #expect(isClose(found, [216, 95, 33], within: 3), "\(found)")
    }

    @Test func aProfileOfSRGBLeavesValuesAlone() throws {
        let plain = try encodedPhoto(as: ".png")
        let profiled = try encodedPhoto(as: ".png[profile=srgb]")
        #expect(profiled.count > plain.count + 100, "the profile is not in the file")
        #expect(try Image(decoding: profiled, name: "srgb") == Image(decoding: plain, name: "plain"))
    }

    @Test func aBrokenProfileLeavesValuesAlone() throws {
        let plain = try Image(decoding: encodedPhoto(as: ".tif"), name: "plain")
        let profiled = try encodedPhoto(as: ".tif[profile=p3]")
        // A TIFF file holds the profile as it is; from its signature on, byte 36 of 128, it is made nonsense.
        let start = try #require(profiled.firstRange(of: Array("acsp".utf8))?.lowerBound)
        var broken = profiled
        for i in start..<(start + 60) { broken[i] = 0xFF }
        #expect(try Image(decoding: broken, name: "broken") == plain)
        #expect(try Image(decoding: profiled, name: "whole") != plain)
    }
}
