import Faceprint
import FaceprintFiles
import FaceprintGallery
import FaceprintImaging
import Foundation
import TestSupport
import Testing

/// What enrolment says of photos that are not good enough, and of people who look like each other.
@Suite struct EnrolmentQualityTests {
    private func faceNet(_ tool: CommandLineTool, _ arguments: [String]) throws -> Run {
        try tool(arguments + ["--gallery", tool.gallery, "--model", "facenet"])
    }

    /// A photo of the shared data, shrunk or darkened, in the tool's folder.
    private func spoiled(_ path: String, in tool: CommandLineTool, name: String, scale: Double = 1, light: Double = 1)
        throws -> String
    {
        let photo = try Image(contentsOf: SharedData.url(path).path)
        let small = photo.resized(
            width: Int(Double(photo.width) * scale), height: Int(Double(photo.height) * scale), interpolation: .lanczos)
        let dark = try Image(
            width: small.width, height: small.height, pixels: small.pixels.map { UInt8(Double($0) * light) })
        let target = tool.folder.path(name)
        try Data(try dark.pngData()).write(to: URL(fileURLWithPath: target))
        return target
    }

    private struct Distance: Decodable {
        let distance: Float
    }

    @Test(.needsSharedData, .needsFaceNet, .needsDetectors)
    func poorPhotosAreRefusedWithTheReasonUnlessForced() throws {
        let tool = try CommandLineTool(home: DataFolder().path)
        let dark = try spoiled("photos/obama.jpg", in: tool, name: "dark.png", light: 0.12)
        let refused = try faceNet(tool, ["enroll", "Barack", dark])
        #expect(refused.status == 3)
        #expect(refused.output == "")
        #expect(refused.errors.contains("more light on the face, or enroll it with --force"))
        #expect(refused.errors.contains("of 100, and 50 is needed"))
        let forced = try faceNet(tool, ["enroll", "Barack", dark, "--force"])
        #expect(forced.status == 0)
        #expect(forced.output.hasPrefix("Barack: enrolled dark.png, quality "))
        #expect(forced.errors.contains("enrolled by --force: the face is "))

        let good = try faceNet(tool, ["enroll", "Joe", SharedData.url("photos/biden.jpg").path])
        #expect(good.status == 0)
        #expect(good.output.hasPrefix("Joe: enrolled biden.jpg, quality "))
        #expect(good.errors == "")

        // Quality and face stay with the template.
        let template = try Gallery(at: tool.gallery, access: .readOnly).templates(of: "Joe")[0]
        let quality = Int(try #require(template.quality))
        #expect(good.output.contains("quality \(quality)"))
        let thumbnail = try Image(decoding: template.thumbnail, name: "thumbnail")
        #expect(thumbnail.width == 112 && thumbnail.height == 112)
        #expect(try tool("people", "show", "Joe", "--gallery", tool.gallery).output.contains("  \(quality)  "))
    }

    @Test(.needsSharedData, .needsFaceNet, .needsDetectors)
    func twoPeopleOnAPhotoAreRefusedUnlessForced() throws {
        let tool = try CommandLineTool(home: DataFolder().path)
        let two = SharedData.url("photos/two_people.jpg").path
        let refused = try faceNet(tool, ["enroll", "Barack", two])
        #expect(refused.status == 3)
        #expect(refused.errors.contains("there are 2 faces"))
        #expect(try faceNet(tool, ["enroll", "Barack", two, "--force"]).status == 0)
    }

    @Test func onePersonUnderTwoNamesIsWarnedOf() throws {
        let setup = try TinySetup()
        let pixels = try testImage(1).pixels
        // All but the same photo.
        let near = setup.tool.folder.path("near.png")
        let changed = try Image(width: 16, height: 16, pixels: pixels.map { $0 / 2 * 2 })
        try Data(try changed.pngData()).write(to: URL(fileURLWithPath: near))
        #expect(try setup.enroll("Ann", try setup.photo(1)).errors == "")
        let run = try setup.enroll("Bob", near)
        #expect(run.status == 0)
        #expect(run.output == "Bob: enrolled near.png\n")
        #expect(run.errors.contains("looks like Ann (distance 0.0"))
        #expect(run.errors.contains("the same person under two names?"))
    }

    @Test func theMeanOfTheNearestTemplatesMayRefuseWhatTheNearestAccepts() throws {
        let setup = try TinySetup()
        let photos = try (1...3).map { number in try setup.photo(number) }
        _ = try setup.enroll("Ann", photos[0], photos[1], photos[2])
        func distance(_ count: String) throws -> Float {
            let run = try setup("verify", photos[0], "--as", "Ann", "--nearest-templates", count, "--json")
            return try JSONDecoder().decode(Distance.self, from: Data(run.output.utf8)).distance
        }
        let (one, two, three) = (try distance("1"), try distance("2"), try distance("3"))
        #expect(one == 0)
        #expect(two > 0 && three > two)
        #expect(try distance("1000") == three)
        let named = try setup("identify", photos[0], "--nearest-templates", "2", "--threshold", "2")
        #expect(named.output.contains("It's Ann, the distance is \(String(format: "%.4f", two))"))
        for wrong in ["0", "-1", "x", "1001"] {
            #expect(try setup("verify", photos[0], "--as", "Ann", "--nearest-templates", wrong).status == 2)
        }
    }

    @Test func largerPhotosAndFilesThanAllowedAreRefused() throws {
        let setup = try TinySetup()
        let large = setup.tool.folder.path("large.png")
        try Data(try testImage(1, side: 64).pngData()).write(to: URL(fileURLWithPath: large))
        func encode(_ option: String, _ value: String) throws -> Run {
            try setup.tool("encode", large, "--model", "tiny", option, value)
        }
        // 64·64 pixels, and noise of some 12 kB.
        #expect(try encode("--max-pixels", "0.005").status == 0)
        let pixels = try encode("--max-pixels", "0.004")
        #expect(pixels.status == 3)
        #expect(pixels.errors.contains("large.png"))
        #expect(try encode("--max-bytes", "0.02").status == 0)
        let bytes = try encode("--max-bytes", "0.01")
        #expect(bytes.status == 3)
        #expect(bytes.errors.contains("large.png"))
        for wrong in ["0", "-1", "many"] { #expect(try encode("--max-pixels", wrong).status == 2) }
    }
}
