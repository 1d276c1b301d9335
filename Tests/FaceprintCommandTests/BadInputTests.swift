import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// What the tool says of files that are wrong. The libraries' own tests go into each kind of damage.
@Suite struct BadInputTests {
    private let setup = try! TinySetup()

    private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let path = setup.tool.folder.path(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Fails with exit status 3 and one line that names the file.
    private func expectRefusal(_ run: Run, naming name: String, _ reason: String) {
        #expect(run.status == 3)
        #expect(run.errors.hasPrefix("faceprint: "))
        #expect(run.errors.contains(name) && run.errors.contains(reason), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test func photosThatAreNone() throws {
        let photo = try setup.photo(1)
        _ = try setup.enroll("ann", photo)
        let whole = try Data(contentsOf: URL(fileURLWithPath: photo))
        let cases: [(String, String)] = [
            (try file("empty.jpg", []), "empty"),
            (try file("text.jpg", "Dear diary".utf8), "not a photo"),
            (try file("short.png", whole.prefix(whole.count / 2)), "damaged"),
            (setup.tool.folder.path("missing.jpg"), "no file"),
            (setup.tool.folder.url.path, "folder"),
        ]
        for (path, reason) in cases {
            let name = URL(fileURLWithPath: path).lastPathComponent
            expectRefusal(try setup("verify", path, "--as", "ann"), naming: name, reason)
            expectRefusal(try setup("identify", path), naming: name, reason)
        }
    }

    @Test func galleriesThatAreNone() throws {
        let photo = try setup.photo(1)
        let text = try file("notes.sqlite", "these are my notes, not a database at all".utf8)
        for command in [["people", "list"], ["verify", photo, "--as", "ann"], ["identify", photo]] {
            let run = try setup.tool(command + ["--gallery", text])
            expectRefusal(run, naming: "notes.sqlite", "is not a gallery")
            let missing = try setup.tool(command + ["--gallery", setup.tool.folder.path("nowhere.sqlite")])
            expectRefusal(missing, naming: "nowhere.sqlite", "there is no gallery")
        }
    }

    @Test func embeddingsOfAnotherModelAreNotCompared() throws {
        let photo = try setup.photo(1)
        _ = try setup.enroll("ann", photo)
        let run = try setup("verify", photo, "--as", "ann", "--profile", "standardized")
        expectRefusal(run, naming: "tiny/assignment", "can't be compared")
        let enrolled = try setup.tool(
            "enroll", "bob", try setup.photo(2), "--gallery", setup.tool.gallery, "--model", "tiny",
            "--profile", "standardized")
        expectRefusal(enrolled, naming: "tiny/standardized", "can't be compared")
    }

    @Test func unknownModelsAndDevices() throws {
        let photos = [try setup.photo(1), try setup.photo(2)]
        expectRefusal(
            try setup.tool(["compare", "--model", "nobody"] + photos), naming: "nobody", "known are tiny")
        expectRefusal(
            try setup.tool(["compare", "--model", "tiny", "--device", "NOPE"] + photos), naming: "NOPE", "CPU")
    }

    @Test func modelFilesThatAreNone() throws {
        for name in ["empty.h5", "empty.onnx"] {
            expectRefusal(try setup.tool("model", "import", try file(name, [])), naming: name, "empty")
        }
        for name in ["text.h5", "text.onnx"] {
            expectRefusal(
                try setup.tool("model", "import", try file(name, "no network, only words".utf8)), naming: name, "whole")
        }
        let list = "name  network\ntiny  16×16×3 to 8, 4 layers, 384 parameters\n"
        #expect(try setup.tool("model", "list").output == list)
    }

    @Test func aReplacedModelFileIsNoticed() throws {
        let path = setup.tool.folder.path("home/models/tiny/model.onnx")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        expectRefusal(try setup.tool("model", "show", "tiny"), naming: "model.onnx", "was replaced")
    }

    @Test func aFullDiskIsSaid() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let run = try setup.tool("encode", try setup.photo(1), "--model", "tiny", "--output", "/dev/full/x.npy")
        expectRefusal(run, naming: "/dev/full/x.npy", "can't be written")
    }
}
