import FaceprintAnalysis
import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// Clustering by command, with a tiny model and photos that are made here; the same number gives the same photo.
@Suite struct ClusterTests {
    private let setup = try! TinySetup()

    /// Photos with these numbers at these paths below a folder.
    private func photos(_ numbers: [String: Int]) throws -> String {
        for (name, number) in numbers { _ = try setup.photo(number, name: "photos/\(name)") }
        return setup.tool.folder.path("photos")
    }

    /// Three people, who have as many photos each.
    private func three(times count: Int) throws -> String {
        let names = (1...3).flatMap { number in (1...count).map { ("\(number)/\($0).png", number) } }
        return try photos(Dictionary(uniqueKeysWithValues: names))
    }

    /// Near 0, so that only the same photo is the same person.
    private func cluster(_ words: String...) throws -> Run {
        try setup.tool(["cluster"] + words + ["--model", "tiny", "--threshold", "0.01"])
    }

    private func failure(_ run: Run, status: Int32 = 3, _ message: String) {
        #expect(run.status == status)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test func foldersHoldLinksOrCopies() throws {
        let source = try photos(["a/1.png": 1, "b/1.png": 1, "b/c/1.png": 2])
        for copies in [false, true] {
            let target = setup.tool.folder.path(copies ? "copies" : "links")
            let run = try cluster(source, "--output", target, copies ? "--copy" : "--seed=1")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.hasPrefix("3 faces of 3 photos: 1 person with 2 faces, and 1 alone"))
            let files = try FileManager.default.subpathsOfDirectory(atPath: target).filter { $0.hasSuffix("png") }
            #expect(files.sorted() == ["person-1/1-2.png", "person-1/1.png", "person-2/1.png"])
            for (file, original) in [("person-1/1-2.png", "b/1.png"), ("person-2/1.png", "b/c/1.png")] {
                let type = try FileManager.default.attributesOfItem(atPath: "\(target)/\(file)")[.type]
                #expect(type as? FileAttributeType == (copies ? .typeRegular : .typeSymbolicLink))
                let paths = ["\(target)/\(file)", "\(source)/\(original)"]
                let contents = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
                #expect(contents[0] == contents[1])
            }
            failure(try cluster(source, "--output", target), "there is something in it; name a new folder")
        }
    }

    @Test func aLabelledFolderIsMeasured() throws {
        let source = try photos(["ann/1.png": 1, "ann/2.png": 1, "ann/3.png": 2, "bob/1.png": 3])
        let run = try cluster(source, "--labelled", "--json")
        let found = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let agreement = try #require(found["agreement"] as? [String: Any])
        let pairwise = try #require(agreement["pairwise"] as? [String: Double])
        #expect(pairwise["precision"] == 1 && abs(pairwise["recall"]! - 1.0 / 3) < 1e-9)
        let clusters = try #require(found["clusters"] as? [[String: Any]])
        #expect(clusters.map { ($0["faces"] as? [Any])?.count } == [2, 1, 1])
        #expect(try cluster(source, "--labelled").output.contains("BCubed    1.0000     0.6667"))
    }

    @Test func damagedFilesAreNamedAndTheOthersClustered() throws {
        let source = try photos(["1.png": 1, "2.png": 1])
        try "no photo".write(toFile: source + "/notes.txt", atomically: true, encoding: .utf8)
        // A folder that leads back to itself is read once.
        try FileManager.default.createSymbolicLink(atPath: source + "/again", withDestinationPath: source)
        let run = try cluster(source)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("2 faces of 3 photos: 1 person with 2 faces, and 0 alone"))
        #expect(run.errors.contains("notes.txt") && run.errors.split(separator: "\n").count == 1)
    }

    @Test func mistakesAreSaid() throws {
        let source = try photos(["1.png": 1])
        failure(try cluster("/none"), "there is no file “/none”")
        failure(try cluster(source, "--copy"), status: 2, "--copy goes with --output FOLDER")
        failure(try cluster(source, "--output", "a.html", "--copy"), status: 2, "--copy goes with a folder")
        failure(try cluster(source, "--output", "/none/a.html"), "can't be written")
        let empty = setup.tool.folder.path("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        failure(try cluster(empty), status: 2, "holds no photos")
    }

    @Test func namedPeopleAreEnrolledAndNameLaterClusters() throws {
        let file = setup.tool.folder.path("faces.json")
        #expect(try cluster(try three(times: 2), "--output", file).status == 0)
        failure(try setup("enroll", "--clusters", file), status: 2, "nobody has a name")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        var clusters = try FaceClusters(contentsOf: file)
        clusters.clusters[0].name = "Ann"
        clusters.clusters[1].name = " ann "
        clusters.clusters[2].name = "Bob\u{1B}[2J"
        try clusters.json().write(to: URL(fileURLWithPath: file))
        let run = try setup("enroll", "--clusters", file)
        #expect(run.status == 3)
        // Each photo is there twice.
        #expect(run.output.hasPrefix("Ann: 2 faces enrolled, 2 already there\n"), "\(run.output)")
        #expect(!run.errors.contains("\u{1B}") && run.errors.contains("control character"))
        let people = try setup("people", "list", "--json")
        #expect(people.output.contains("\"Ann\"") && !people.output.contains("Bob"))

        let again = try cluster(setup.tool.folder.path("photos"), "--gallery", setup.tool.gallery, "--json")
        #expect(again.output.components(separatedBy: "\"name\" : ").count == 3, "\(again.output)\(again.errors)")
    }

    @Test(.needs(.browser), .needs(command: "chromium", "chromium-browser"))
    func namesOfThePageReachTheGallery() throws {
        let page = setup.tool.folder.path("faces.html")
        #expect(try cluster(try three(times: 3), "--output", page).status == 0)
        let saved = setup.tool.folder.path("faces.json")
        var words = [SharedData.packageFolder.appending(path: "Tests/Tours/cluster-tour.py").path, page, saved]
        if let folder = ProcessInfo.processInfo.environment["FACEPRINT_SCREENSHOTS"] {
            words += ["--screenshots", folder]
        }
        let tour = try setup.tool.run(try #require(PythonEnvironment.browser.executable), words)
        try #require(tour.status == 0, "\(tour.errors)\(tour.output)")
        let run = try setup("enroll", "--clusters", saved)
        #expect(run.output.contains("Ann: 2 faces enrolled, 4 already there"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("Bob & <i>Co</i>: 1 face enrolled"), "\(run.output)\(run.errors)")
    }

    @Test(.needsSharedData, .needsDetectors, .needsFaceNet)
    func photosOfRealPeopleAreFoundTogether() throws {
        let tool = try CommandLineTool(home: DataFolder().path)
        let people = ["Tony_Blair", "Hugo_Chavez", "Jennifer_Garner", "Tom_Ridge", "Ann_Veneman", "Lance_Armstrong"]
        let folder = tool.folder.path("people")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for person in people {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(person)", withDestinationPath: SharedData.url("lfw-dev/images/\(person)").path)
        }
        let run = try tool("cluster", folder, "--labelled", "--json")
        let found = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let agreement = try #require(found["agreement"] as? [String: Any])
        let bCubed = try #require(agreement["bCubed"] as? [String: Double])
        #expect(agreement["people"] as? Int == people.count)
        #expect(try #require(bCubed["f"]) >= 0.95, "\(agreement)")
    }
}
