import Foundation
import TestSupport
import Testing

/// Maps and explanations, with a tiny model.
struct AnalysisTests {
    private let setup = try! TinySetup()

    private func people() throws -> String {
        for (name, photos) in ["ann": [1, 2], "bob": [3, 4], "cat": [5, 6]] {
            for photo in photos { _ = try setup.photo(photo, name: "people/\(name)/\(photo).png") }
        }
        return setup.tool.folder.path("people")
    }

    private func page(_ name: String) throws -> String {
        try String(contentsOfFile: setup.tool.folder.path(name), encoding: .utf8)
    }

    @Test func aMapOfPeople() throws {
        let folder = try people()
        let output = setup.tool.folder.path("map.html")
        let run = try setup.tool(["map", folder, "--model", "tiny", "--output", output])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("6 faces of 3 people; two principal components hold "))
        #expect(run.output.contains("map: \(output) ("))
        let html = try page("map.html")
        #expect(html.contains("<h1>people: a map of faces</h1>") && html.contains(#""photo":"ann/1.png""#))

        let words = ["map", folder, "--model", "tiny", "--json", "--perplexity", "2"]
        struct Report: Decodable {
            struct Face: Decodable {
                let photo, person: String
                let pca, tsne: [String: Float]
            }
            let faces: [Face]
            let perplexity: Double
            let explainedVariance: [Double]
        }
        let text = try setup.tool(words + ["--seed", "7"]).output
        let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
        #expect(report.faces.map(\.person) == ["ann", "ann", "bob", "bob", "cat", "cat"])
        // At most a third of the others.
        #expect(abs(report.perplexity - 5.0 / 3) < 1e-9 && report.explainedVariance.count == 2)
        #expect(try setup.tool(words + ["--seed", "7"]).output == text)
        #expect(try setup.tool(words + ["--seed", "8"]).output != text)
    }

    @Test func photosWithoutNamesAreEachTheirOwn() throws {
        for photo in [1, 2, 3] { _ = try setup.photo(photo, name: "flat/\(photo).png") }
        try "no photo".write(toFile: setup.tool.folder.path("flat/x.jpg"), atomically: true, encoding: .utf8)
        let run = try setup.tool([
            "map", setup.tool.folder.path("flat"), "--model", "tiny", "--output", setup.tool.folder.path("map.html"),
        ])
        #expect(run.status == 0 && run.errors.contains("x.jpg"))
        #expect(run.output.hasPrefix("3 faces of 3 people"))
        #expect(try page("map.html").contains("<h2>Photos</h2>"))
    }

    @Test func whatCantBeMapped() throws {
        let folder = try people()
        #expect(try setup.tool(["map", folder, "--model", "tiny"]).status == 2)
        let nowhere = try setup.tool(["map", folder, "--model", "tiny", "--output", "/nowhere/map.html"])
        #expect(nowhere.status == 3 && nowhere.errors.contains("can't be written"))
        #expect(try setup.tool(["map", folder, "--json", "--perplexity", "0"]).status == 2)
        let empty = setup.tool.folder.path("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        try "no photo".write(toFile: empty + "/x.jpg", atomically: true, encoding: .utf8)
        let nothing = try setup.tool(["map", empty, "--model", "tiny", "--json"])
        #expect(nothing.status == 3 && nothing.errors.contains("there are no faces to look at"))
    }

    @Test func anExplanation() throws {
        let (one, other) = (try setup.photo(1), try setup.photo(2))
        let output = setup.tool.folder.path("why.html")
        let words = ["explain", one, one, "--model", "tiny", "--output", output]
        let same = try setup.tool(words)
        #expect(same.status == 0, "\(same.errors)")
        #expect(same.output.contains("The same person: distance 0.0000, threshold 0.7000"))
        #expect(same.output.contains("How usual that is isn't known"))
        #expect(try page("why.html").components(separatedBy: "data:image/jpeg;base64,").count == 5)
        let compared = try setup.tool(["compare", one, other, "--model", "tiny", "--threshold", "0.0001"])
        let apart = try setup.tool(["explain", one, other, "--model", "tiny", "--threshold", "0.0001"])
        #expect(apart.status == 1 && apart.output.hasPrefix(compared.output))

        // A calibration keeps what an explanation says.
        for person in 1...8 {
            for photo in 1...2 { _ = try setup.photo(person, name: "many/p\(person)/\(photo).png") }
        }
        let calibrated = try setup.tool([
            "calibrate", setup.tool.folder.path("many"), "--model", "tiny", "--fmr", "0.01", "--save", "verification",
        ])
        #expect(calibrated.status == 0, "\(calibrated.errors)")
        let known = try setup.tool(words)
        #expect(known.output.contains("Of 8 pairs of photos of one person, none is as near as this one."))
        #expect(known.output.contains("Of 112 pairs of photos of two people, none is as near as this one."))
        #expect(try page("why.html").contains("measured on 16 photos of “many”"))
    }
}
