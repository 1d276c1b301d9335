import Faceprint
import FaceprintImaging
import Foundation
import TestSupport
import Testing

@testable import FaceprintAnalysis

struct MapPageTests {
    static let hostile = "</script><b id=\"broken\">Zoë</b><img src=\"x\" onerror=\"alert(1)\"><!--"
    private static let space = EmbeddingSpace(
        model: "tiny", modelSHA256: String(repeating: "0", count: 64), profile: "warp")

    /// Three people; the first has photos at right angles to each other, the second two that are the same.
    private func faces() throws -> [FaceMap.Face] {
        let vectors: [(String, [Float])] = [
            ("ann", [1, 0, 0, 0]), ("ann", [0, 1, 0, 0]), (Self.hostile, [0, 0, 1, 0]), (Self.hostile, [0, 0, 1, 0]),
            ("cat", [0.6, 0.8, 0, 0]), ("cat", [0, 0, 0.6, 0.8]),
        ]
        return try vectors.enumerated().map { number, face in
            FaceMap.Face(
                photo: "photo \(number) of \(face.0)", person: face.0,
                embedding: try Embedding(normalizing: face.1, space: Self.space),
                picture: try testImage(number, side: 72).jpegData())
        }
    }

    private func page(_ map: FaceMap) -> String {
        MapPage(map, title: Self.hostile, model: Self.hostile, threshold: 0.7).html
    }

    private func policy(of html: String) throws -> String {
        let start = try #require(html.range(of: "Content-Security-Policy\" content=\""))
        return String(html[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test func noNameGetsOutOfItsPlace() throws {
        let html = page(try FaceMap(of: try faces()))
        #expect(!html.contains("<b id"))
        #expect(!html.contains("<img src=\"x\""))
        #expect(html.components(separatedBy: "</script>").count == 3)
        #expect(html.contains("\\u003C/script>\\u003Cb id="))
        #expect(html.contains("&lt;/script&gt;&lt;b id=&quot;broken&quot;&gt;Zoë"))
        let policy = try policy(of: html)
        #expect(policy.hasPrefix("default-src 'none'; img-src data:; style-src 'sha256-"))
        #expect(!policy.contains("unsafe") && !policy.contains("http"))
    }

    @Test func whereThereIsNoMap() throws {
        #expect(throws: AnalysisError.nothingToShow(what: "faces")) { try FaceMap(of: []) }
        let face = try faces()[0]
        #expect(throws: AnalysisError.tooMany(what: "faces", found: 10_001, limit: 10_000)) {
            try FaceMap(of: Array(repeating: face, count: 10_001))
        }
        let other = FaceMap.Face(
            photo: "b", person: "b",
            embedding: try Embedding(
                normalizing: [1, 0, 0, 0], space: EmbeddingSpace(model: "x", modelSHA256: "", profile: "warp")),
            picture: [])
        #expect(throws: AnalysisError.self) { try FaceMap(of: [face, other]) }
        let alone = try FaceMap(of: [face])
        #expect(alone.principal == [MapPoint(x: 0, y: 0)] && alone.neighbouring?.points.count == 1)
    }

    /// What the page's user saw.
    private struct Seen: Decodable {
        struct Face: Decodable {
            let photo, person: String
            let nearest: [String]
        }
        let requests, complaints, people, searched: [String]
        let foreign: Int
        let pictures: [Int]
        let views: [String: [Face]]
        let matrixBefore, moved, isBack: Bool
        let matrix: [[String]]
        let classes: [[String]]
    }

    @Test(.needs(.browser), .needs(command: "chromium", "chromium-browser"))
    func aPersonCanReadIt() throws {
        let folder = try TemporaryFolder()
        try page(try FaceMap(of: try faces())).write(
            toFile: folder.path("map.html"), atomically: true, encoding: .utf8)
        var arguments = ["map", folder.path("map.html"), "--choose", "ann", "--choose", Self.hostile]
        if let pictures = ProcessInfo.processInfo.environment["FACEPRINT_SCREENSHOTS"] {
            arguments += ["--screenshots", pictures]
        }
        let seen = try JSONDecoder().decode(
            Seen.self, from: try PythonEnvironment.browser.run(file: "analysis-pages.py", arguments))
        #expect(seen.requests == [] && seen.complaints == [] && seen.foreign == 0)
        #expect(seen.people == ["ann", Self.hostile, "cat"] && seen.searched == ["ann"])
        // Each face is met by the pointer in each view, but for the two that are the same, which lie on one another.
        for view in ["t-SNE", "PCA"] {
            let photos = try #require(seen.views[view])
            #expect(Set(photos.map(\.person)) == ["ann", Self.hostile, "cat"])
            #expect(photos.count >= 5)
            // The nearest of ann's first photo is cat's first, √(0.4² + 0.8²) away.
            let first = try #require(photos.first { $0.photo == "photo 0 of ann" })
            #expect(first.nearest == ["0.894", "1.414", "1.414", "1.414", "1.414"])
        }
        #expect(!seen.matrixBefore && seen.moved && seen.isBack)
        #expect(
            seen.matrix == [
                ["–", "1.41", "1.41", "1.41"], ["1.41", "–", "1.41", "1.41"], ["1.41", "1.41", "–", "0.00"],
                ["1.41", "1.41", "0.00", "–"],
            ])
        // One person's photos beyond the threshold are a wrong decision.
        #expect(seen.classes[0] == ["itself", "apart wrong", "apart", "apart"])
        #expect(seen.classes[2][3] == "match")
    }
}
