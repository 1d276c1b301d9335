import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// Classifiers by command, with a tiny model and photos that are made here; the same number gives the same photo.
@Suite struct ClassifyTests {
    private let setup = try! TinySetup()

    private func people(_ people: [String: [Int]], in folder: String = "people") throws -> String {
        for (person, numbers) in people {
            for (i, number) in numbers.enumerated() {
                _ = try setup.photo(number, name: "\(folder)/\(person)/\(i).png")
            }
        }
        return setup.tool.folder.path(folder)
    }

    private var file: String { setup.tool.folder.path("people.classifier") }

    private func train(_ words: String...) throws -> Run {
        let folder = try people(["ann": [1, 1, 1, 1], "bob": [2, 2, 2, 2], "cat": [3, 3, 3, 3]])
        return try setup.tool(
            ["classify", "train", folder, "--output", file, "--model", "tiny", "--threshold", "0.01"] + words)
    }

    @Test(arguments: ["svm", "knn"]) func peopleAreToldApartAndStrangersRejected(method: String) throws {
        let training = try train("--method", method, "--neighbours", "3")
        #expect(training.status == 0, "\(training.errors)")
        #expect(training.output.hasPrefix("12 photos of 3 people, cross-validated in 5 folds"))
        let lines = training.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix(method) && $0.contains("12 of 12") }, "\(training.output)")
        #expect(lines.contains { $0.hasPrefix("nearest template") && $0.contains("12 of 12") })
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let (ann, stranger) = (try setup.photo(1), try setup.photo(9))
        let known = try setup.tool("classify", "run", file, ann)
        #expect(known.status == 0 && known.output.contains("It's ann (probability "), "\(known.output)\(known.errors)")
        let unknown = try setup.tool("classify", "run", file, stranger)
        #expect(unknown.status == 1 && unknown.output.contains("None of these people."))
        let lenient = try setup.tool("classify", "run", file, stranger, "--threshold", "2")
        #expect(lenient.status == 0 && lenient.output.contains("It's "))

        let folder = try people(["ann": [1], "bob": [2, 4]], in: "known")
        let strangers = try people(["x": [7, 8], "y": [1]], in: "strangers")
        let table = try setup.tool("classify", "run", file, "--folder", folder, "--strangers", strangers)
        #expect(table.status == 1)
        #expect(table.output.contains("1 of 3") && table.output.contains("33.33 %"), "\(table.output)")
        let run = try setup.tool("classify", "run", file, "--folder", folder, "--strangers", strangers, "--json")
        let figures = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let counts = try #require(figures["known"] as? [String: Int])
        #expect(counts["right"] == 2 && counts["wrong"] == 0 && counts["rejected"] == 1)
        let rate = try #require(figures["falsePositiveIdentificationRate"] as? [String: Any])
        #expect(rate["count"] as? Int == 1 && rate["total"] as? Int == 3)
    }

    @Test func mistakesAreSaid() throws {
        func expect(_ run: Run, status: Int32, _ message: String) {
            #expect(run.status == status && run.errors.contains(message), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        }
        let alone = try people(["ann": [1, 2]], in: "alone")
        let model = ["--model", "tiny"]
        expect(try setup.tool(["classify", "train", alone] + model), status: 2, "--output FILE")
        expect(try setup.tool(["classify", "train", alone, "--output", file] + model), status: 3, "at least two")
        #expect(!FileManager.default.fileExists(atPath: file))
        expect(try setup.tool("classify", "run", file, alone + "/ann/0.png"), status: 3, "there is no file")
        try "no classifier".write(toFile: file, atomically: true, encoding: .utf8)
        expect(try setup.tool("classify", "run", file, alone + "/ann/0.png"), status: 3, "holds no classifier")
        #expect(try train().status == 0)
        expect(try setup.tool("classify", "run", file), status: 2, "takes CLASSIFIER and photos")
        expect(
            try setup.tool("classify", "run", file, alone + "/ann/0.png", "--folder", alone), status: 2,
            "takes CLASSIFIER and photos")
        let text = setup.tool.folder.path("text.jpg")
        try "no photo".write(toFile: text, atomically: true, encoding: .utf8)
        expect(try setup.tool("classify", "run", file, text), status: 3, "text.jpg")
        let other = try setup.tool("classify", "run", file, alone + "/ann/0.png", "--model", "other")
        expect(other, status: 3, "no model “other”")
    }
}
