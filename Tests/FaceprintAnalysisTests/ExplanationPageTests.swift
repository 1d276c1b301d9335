import Faceprint
import FaceprintAnalysis
import FaceprintImaging
import FaceprintModels
import Foundation
import TestSupport
import Testing

struct ExplanationPageTests {
    private static let space = EmbeddingSpace(model: "tiny", modelSHA256: "abc", profile: "warp")

    /// 100 genuine pairs at 0.4 to 0.41, 900 impostor pairs at 1.2 to 1.21 and 100 at 0.4 to 0.41.
    private static let distributions: DistanceDistributions = {
        var (genuine, impostor) = ([Int](repeating: 0, count: 200), [Int](repeating: 0, count: 200))
        (genuine[40], impostor[120], impostor[40]) = (100, 900, 100)
        return DistanceDistributions(
            space: space, source: "<b id=\"broken\">photos</b>", genuine: genuine, impostor: impostor)
    }()

    private func page(_ distance: Float, _ distributions: DistanceDistributions?) throws -> String {
        let picture = try testImage(3, side: 224).jpegData()
        return ExplanationPage(
            .init(name: MapPageTests.hostile, picture: picture, regions: picture),
            .init(name: "ann.jpg", picture: picture, regions: picture), distance: distance, threshold: 0.7,
            model: MapPageTests.hostile, distributions: distributions, largestChange: 0.1
        ).html
    }

    @Test func noNameGetsOutOfItsPlace() throws {
        let html = try page(0.5, Self.distributions)
        #expect(!html.contains("<b id") && !html.contains("<script") && !html.contains("</script>"))
        #expect(html.contains("script-src 'none'"))
        #expect(html.contains("&lt;b id=&quot;broken&quot;&gt;photos"))
    }

    @Test func itSaysWhatIsDecided() throws {
        #expect(try page(0.7, nil).contains("The same person"))
        #expect(try page(0.701, nil).contains("Different people"))
        #expect(try page(0.5, nil).contains("faceprint calibrate DIR --save verification"))
        #expect(!(try page(0.5, Self.distributions)).contains("faceprint calibrate"))
    }

    @Test func wordsSayWhereADistanceStands() {
        func words(_ distance: Float) -> [String] { DistanceStanding(of: distance, in: Self.distributions).sentences }
        #expect(
            words(0.405) == [
                "Of 100 pairs of photos of one person, about 50.00 % are nearer than this one, 50.00 % farther apart.",
                "Of 1,000 pairs of photos of two people, about 5.00 % are as near as this one.",
            ])
        #expect(words(0.3)[0].hasSuffix("none is as near as this one."))
        #expect(words(0.3)[1].hasSuffix("none is as near as this one."))
        #expect(words(1.9)[0].hasSuffix("none is farther apart than this one."))
        #expect(words(2)[1].hasSuffix("about 100.00 % are as near as this one."))
        #expect(words(.infinity)[0].hasSuffix("none is farther apart than this one."))
    }

    private struct Seen: Decodable {
        let requests, complaints: [String]
        let foreign: Int
        let pictures: [Int]
        let text: String
    }

    @Test(.needs(.browser), .needs(command: "chromium", "chromium-browser"), arguments: [true, false])
    func aPersonCanReadIt(isCalibrated: Bool) throws {
        let folder = try TemporaryFolder()
        try page(0.4051, isCalibrated ? Self.distributions : nil).write(
            toFile: folder.path("explain.html"), atomically: true, encoding: .utf8)
        let seen = try JSONDecoder().decode(
            Seen.self,
            from: try PythonEnvironment.browser.run(
                file: "analysis-pages.py", ["explain", folder.path("explain.html")]))
        #expect(seen.requests == [] && seen.complaints == [] && seen.foreign == 0)
        #expect(seen.pictures == [224, 224, 224, 224])
        #expect(seen.text.contains("0.405") && seen.text.contains("The same person"))
        #expect(seen.text.contains(MapPageTests.hostile) && seen.text.contains("ann.jpg"))
    }
}
