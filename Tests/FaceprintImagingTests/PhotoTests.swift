import Faceprint
import FaceprintImaging
import Foundation
import TestSupport
import Testing

@Suite struct PhotoTests {
    @Test func aPhotoKnowsItsNameAndHash() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("dot.png")
        let bytes = HandmadePNG(width: 1, height: 1, rows: [[1, 2, 3]]).bytes
        try bytes.write(to: path)
        let photo = try Photo(contentsOf: path)
        #expect(photo.name == path)
        #expect(photo.image.pixels == [1, 2, 3])
        #expect(photo.sha256 == "fb9f1e711df3c2c9528ca501179caa1fae6e0d6ecfc81224d76a157a607fae5a")
        #expect(try Photo(decoding: bytes, name: path) == photo)
    }

    /// Of a size that is kept until it is decoded, and of one that is read again.
    @Test(arguments: [100, 2000])
    func aFileThatWasHashedIsDecodedToTheSamePhoto(side: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("noise.png")
        try Data(try testImage(1, side: side).pngData()).write(to: URL(fileURLWithPath: path))
        let file = try PhotoFile(contentsOf: path)
        let photo = try Photo(contentsOf: path)
        #expect(file.sha256 == photo.sha256)
        #expect(try file.decoded() == photo)
        let bytes = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect((bytes > 6 << 20) == (side == 2000))
        #expect(throws: ImagingError.self) { try PhotoFile(contentsOf: path, limits: PhotoLimits(bytes: bytes - 1)) }
    }

    @Test func pngDataKeepsEveryPixel() throws {
        let image = try Image(decoding: encodedPhoto(as: ".png"), name: "gradient")
        let bytes = try image.pngData()
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try Image(decoding: bytes, name: "again") == image)
    }

    /// The pixels behind the assignment's distances.
    @Test(.needsSharedData)
    func seedPhotosGiveTheGoldenPixels() throws {
        struct Golden: Decodable { let names: [String] }
        let names = try JSONDecoder().decode(Golden.self, from: SharedData.data("golden/facenet.json")).names
        let golden = [UInt8](try SharedData.data("golden/seed_pixels_160.u8"))
        let size = 160 * 160 * 3
        #expect(names.count == 18 && golden.count == names.count * size)
        for (i, name) in names.enumerated() {
            let photo = try Photo(
                contentsOf: SharedData.url("seed/images/\(name)").path, limits: PhotoLimits(convertsColours: false))
            let pixels = photo.image.resized(width: 160, height: 160, interpolation: .nearest).pixels
            #expect(pixels == Array(golden[i * size..<(i + 1) * size]), "\(name)")
        }
    }
}

extension [UInt8] {
    /// Writes a test's file.
    func write(to path: String) throws { try Data(self).write(to: URL(fileURLWithPath: path)) }
}
