import FaceprintFiles
import FaceprintImaging
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// The evaluations and the calibration, with a tiny model and photos that are made here.
@Suite struct EvaluationTests {
    private let setup = try! TinySetup()

    /// A folder of people: each has the photos with these numbers; the same number gives the same photo.
    private func people(_ photos: [String: [Int]], in folder: String = "people") throws -> String {
        for (person, numbers) in photos {
            for (i, number) in numbers.enumerated() {
                // PNG bytes under LFW's names: what a file is, is seen from its bytes.
                _ = try setup.photo(number, name: "\(folder)/\(person)/\(person)_000\(i + 1).jpg")
            }
        }
        return setup.tool.folder.path(folder)
    }

    private func list(_ name: String, _ lines: String...) throws -> String {
        let path = setup.tool.folder.path(name)
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Runs with the tiny model.
    private func run(_ words: String...) throws -> Run { try setup.tool(words + ["--model", "tiny"]) }

    private func object(_ run: Run) throws -> [String: Any] {
        #expect(run.status == 0, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    private func expectFailure(_ run: Run, status: Int32 = 3, _ message: String) {
        #expect(run.status == status)
        #expect(run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    private let lfwPairs = ["2\t1", "ann\t1\t2", "ann\t1\tbob\t1", "bob\t1\t2", "bob\t2\tann\t2"]

    @Test func lfw() throws {
        let folder = try people(["ann": [1, 1], "bob": [2, 2]])
        let pairs = try list("pairs.txt", lfwPairs.joined(separator: "\n"))
        let text = try run("evaluate", "lfw", folder, "--pairs", pairs)
        #expect(text.status == 0)
        #expect(text.errors == "")
        #expect(text.output.contains("Protocol, 2 folds"))
        #expect(text.output.contains("100.00 ± 0.00 %"))
        #expect(text.output.contains("Pairs of the list") && text.output.contains("All pairs of the photos"))
        #expect(text.output.contains("it takes at least 100000 impostor pairs"))

        let figures = try object(try run("evaluate", "lfw", folder, "--pairs", pairs, "--json"))
        let rates = try #require(figures["rates"] as? [String: Any])
        #expect(rates["genuinePairs"] as? Int == 2)
        #expect(rates["impostorPairs"] as? Int == 4)
        let listed = try #require(figures["listed"] as? [String: Any])
        #expect(listed["impostorPairs"] as? Int == 2)
        #expect(listed["areaUnderCurve"] as? Double == 1)
        let accuracy = (figures["folds"] as? [String: Any])?["accuracy"] as? [String: Any]
        #expect(accuracy?["mean"] as? Double == 1)
        #expect(figures["photosPerSecond"] is Double)
        #expect((figures["refusedPhotos"] as? [String: Any])?["total"] as? Int == 4)
    }

    /// Tracks of two frames each, by the same numbers as photos.
    @Test func tracks() throws {
        for (track, numbers) in ["ann/0": [1, 4], "ann/1": [4, 1], "bob/0": [2, 5], "bob/3": [2, 2]] {
            for (frame, number) in numbers.enumerated() {
                _ = try setup.photo(number, name: "tracks/\(track)/\(track.prefix(3)).\(frame).jpg")
            }
        }
        let folder = setup.tool.folder.path("tracks")
        let splits = try list(
            "tracks/splits.txt", "split number, first name, second name, similarity, is same",
            "1, ann/0, ann/1, 20, 1", "1, ann/0, bob/0, 3, 0", "2, bob/0, bob/3, 20, 1", "2, ann/1, bob/3, 1, 0")
        let page = setup.tool.folder.path("tracks.html")
        let text = try run("evaluate", "tracks", folder, "--method", "averaged", "--report", page)
        #expect(text.status == 0 && text.errors == "", "\(text.errors)")
        #expect(text.output.contains("Protocol, 2 folds") && text.output.contains("by the averaged distance"))
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("data:image/jpeg"))

        let figures = try object(try run("evaluate", "tracks", folder, "--pairs", splits, "--frames", "1", "--json"))
        let rates = try #require(figures["rates"] as? [String: Any])
        #expect(rates["genuinePairs"] as? Int == 2 && rates["impostorPairs"] as? Int == 2)
        #expect(rates["areaUnderCurve"] is Double)
        #expect((figures["refusedPhotos"] as? [String: Any])?["total"] as? Int == 4, "one frame of each")

        _ = try list("tracks/splits.txt", "1, ann/0, ann/1, 20, 1", "1, ann/0, eve/0, 3, 0")
        expectFailure(try run("evaluate", "tracks", folder), "there is no file “\(folder)/eve/0”")
        _ = try list("tracks/splits.txt", "1, ann/0, ann/1, 20, 1")
        expectFailure(try run("evaluate", "tracks", folder), "impostor")
    }

    @Test func aDamagedPhotoCountsAsRefused() throws {
        let folder = try people(["ann": [1, 1], "bob": [2, 2]])
        try "no photo".write(toFile: folder + "/bob/bob_0002.jpg", atomically: true, encoding: .utf8)
        let pairs = try list("pairs.txt", lfwPairs.joined(separator: "\n"))
        let run = try run("evaluate", "lfw", folder, "--pairs", pairs, "--json")
        #expect(run.errors.contains("bob_0002.jpg") && run.errors.split(separator: "\n").count == 1)
        let figures = try object(run)
        #expect((figures["refusedPhotos"] as? [String: Any])?["count"] as? Int == 1)
        #expect(((figures["refusals"] as? [[String: Any]])?.first)?["photo"] as? String == "bob/bob_0002.jpg")
        #expect((figures["listed"] as? [String: Any])?["refusedGenuinePairs"] as? Int == 1)
    }

    @Test func pairsOfAnyPhotosWithGroupsAndAPage() throws {
        let folder = try people(["ann": [1, 1], "bob": [2, 3]])
        let pairs = try list(
            "pairs.csv", "ann/ann_0001.jpg,ann/ann_0002.jpg,1", "bob/bob_0001.jpg,bob/bob_0002.jpg,0",
            "ann/ann_0001.jpg,bob/bob_0001.jpg,0")
        let groups = try list(
            "groups.csv", "photo,group", "ann/ann_0001.jpg,x", "ann/ann_0002.jpg,x", "bob/bob_0001.jpg,y",
            "bob/bob_0002.jpg,y")
        let page = setup.tool.folder.path("report.html")
        let figures = try object(
            try run("evaluate", "pairs", pairs, "--root", folder, "--groups", groups, "--report", page, "--json"))
        #expect((figures["rates"] as? [String: Any])?["impostorPairs"] as? Int == 2)
        let rates = try #require(figures["groups"] as? [[String: Any]])
        #expect(rates.compactMap { $0["group"] as? String } == ["x", "y"])
        func total(_ group: Int, _ rate: String) -> Int? {
            ((rates[group]["point"] as? [String: Any])?[rate] as? [String: Any])?["total"] as? Int
        }
        #expect(total(0, "fnmr") == 1 && total(0, "fmr") == 0 && total(1, "fmr") == 1 && total(1, "fnmr") == 0)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("Groups at threshold") && html.contains("Two persons, most alike"))
        // Three pairs, two pictures each.
        #expect(html.components(separatedBy: "data:image/jpeg;base64,").count == 7)
    }

    @Test func pathsOfAListAreSeenFromTheList() throws {
        let folder = try people(["ann": [1, 1], "bob": [2]])
        try "ann/ann_0001.jpg\tann/ann_0002.jpg\t1\nann/ann_0001.jpg\tbob/bob_0001.jpg\t0\n"
            .write(toFile: folder + "/pairs.tsv", atomically: true, encoding: .utf8)
        let run = try run("evaluate", "pairs", folder + "/pairs.tsv")
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("pairs.tsv\n"))
    }

    @Test func aFolderOfPeople() throws {
        let folder = try people(["ann": [1, 1], "bob": [2, 2], "cat": [3, 3], "dan": [4]])
        let groups = try list("groups.csv", "ann,x", "bob,x", "cat,y")
        let words = [
            "evaluate", "folder", folder, "--strangers", "0.25", "--groups", groups, "--json", "--model", "tiny",
        ]
        let figures = try object(try setup.tool(words))
        let identification = try #require(figures["identification"] as? [String: Any])
        #expect(identification["enrolled"] as? Int == 3)
        let rankOne = try #require(identification["rankOne"] as? [String: Any])
        #expect(rankOne["count"] as? Int == rankOne["total"] as? Int)
        #expect((identification["fpir"] as? [String: Any])?["total"] is Int)
        #expect((figures["groups"] as? [[String: Any]])?.count == 2)
        // The split follows from the seed.
        let again = try object(try setup.tool(words))
        #expect(identification as NSDictionary == again["identification"] as? NSDictionary)
    }

    @Test func calibrationSaysWhatItRestsOn() throws {
        let numbers = Dictionary(uniqueKeysWithValues: (1...9).map { ("p\($0)", [$0, $0]) })
        let folder = try people(numbers)
        let text = try run("calibrate", folder, "--fmr", "0.01")
        #expect(text.status == 0)
        #expect(text.output.contains("of 144 impostor pairs are accepted"))
        // Each photo is there twice, so the nearest impostors are four at one distance: more than the one allowed.
        #expect(text.output.contains("this rests on 0 false matches."))
        #expect(text.output.contains("take 3000 impostor pairs: about 78 photos"))

        let catalogue = ModelCatalogue(folder: setup.tool.folder.path("home/models"))
        #expect(try catalogue.model(named: "tiny").manifest.thresholds.verification == 0.7)
        let saved = try object(try run("calibrate", folder, "--fmr", "0.01", "--json", "--save", "verification"))
        #expect(saved["saved"] as? String == "verification")
        #expect(saved["hasEnoughFalseMatches"] as? Bool == false)
        let point = (saved["calibration"] as? [String: Any])?["point"] as? [String: Any]
        let threshold = Float(try #require(point?["threshold"] as? Double))
        let thresholds = try catalogue.model(named: "tiny").manifest.thresholds
        #expect(abs(thresholds.verification - threshold) < 1e-6)
        #expect(thresholds.identification == 0.7)
        try catalogue.verify(try catalogue.model(named: "tiny"))

        expectFailure(
            try run("calibrate", folder), "1e-4 takes at least 10000 impostor pairs, and there are 144")
        expectFailure(try run("calibrate", folder, "--fmr", "0.5"), status: 2, "--fmr is “0.5”")
        expectFailure(
            try run("calibrate", folder, "--fmr", "0.01", "--mirror", "--save", "verification"), status: 2,
            "leave out --profile and --mirror")
    }

    @Test(.needsSharedData, .needsDetectors, .needsFaceNet) func livenessOfPeopleInSeveralPoses() throws {
        let folder = try TemporaryFolder()
        for person in ["Adrien_Brody", "Howard_Dean", "Trent_Lott"] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: person),
                withDestinationURL: SharedData.url("lfw-dev/images/\(person)"))
        }
        let tool = try CommandLineTool(home: DataFolder().path)
        let text = try tool("evaluate", "liveness", folder.url.path, "--stills", "0")
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains("bona fide: 3 people with a straight photo and one turned by 25° to 50°"))
        let report = try object(try tool("evaluate", "liveness", folder.url.path, "--stills", "0", "--json"))
        let people = (report["rates"] as? [String: Any])?["bonaFide"] as? [String: Any]
        let bpcer = try #require(people?["errors"] as? [String: Any])
        #expect(bpcer["total"] as? Int == 3)
        // One of them is at the border of the depth that is demanded: inside in bf16, outside in f32.
        #expect(try #require(bpcer["count"] as? Int) <= 1)
    }

    @Test func whatCantBeMeasured() throws {
        let folder = try people(["ann": [1, 1], "bob": [2]])
        let missing = setup.tool.folder.path("nowhere")
        expectFailure(try run("evaluate", "folder", missing), "nowhere")
        expectFailure(try run("calibrate", missing), "nowhere")
        expectFailure(try run("evaluate", "lfw", missing), "nowhere/pairs.txt")
        expectFailure(
            try run("evaluate", "folder", try people(["ann": [1], "bob": [2]], in: "one")), "there are no genuine pairs"
        )
        expectFailure(
            try run("evaluate", "folder", try people(["ann": [1, 2]], in: "alone")), "there are no impostor pairs")
        expectFailure(
            try run("evaluate", "liveness", folder), status: 2, "nobody in “\(folder)” has a photo that looks straight")
        let bad = try list("bad.csv", "a.png,b.png,1", "a.png,b.png")
        expectFailure(try run("evaluate", "pairs", bad), "“\(bad)”, line 2: expected “PATH PATH 1”")
        let genuine = try list("genuine.csv", "ann/ann_0001.jpg,ann/ann_0002.jpg,1")
        expectFailure(try run("evaluate", "pairs", genuine, "--root", folder), "there are no impostor pairs")
        let absent = try list("absent.csv", "ann/ann_0001.jpg,ann/ann_0002.jpg,1", "ann/ann_0001.jpg,x.jpg,0")
        expectFailure(
            try run("evaluate", "pairs", absent, "--root", folder),
            "1 of the list's 3 photos are missing, first “\(folder)/x.jpg”")
        expectFailure(
            try run("evaluate", "folder", folder, "--report", missing + "/report.html"), "can't be written")
        let labels = try list("labels.csv", "zoe,x")
        expectFailure(try run("evaluate", "folder", folder, "--groups", labels), "it labels none of the photos")
        let twice = try list("twice.csv", "ann,x", "ann,y")
        expectFailure(
            try run("evaluate", "folder", folder, "--groups", twice), "line 2: “ann” is “y” here and “x” above")
        expectFailure(try run("evaluate", "folder", folder, "--strangers", "2"), status: 2, "--strangers is “2”")
    }
}
