import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// The commands that seal a gallery, and those that use a sealed one.
@Suite struct SealingTests {
    private let setup = try! TinySetup()
    private var key: String { "file:" + setup.tool.folder.path("a.key") }
    private var otherKey: String { "file:" + setup.tool.folder.path("b.key") }

    init() throws {
        for name in ["a.key", "b.key"] {
            #expect(try setup.tool("gallery", "key", setup.tool.folder.path(name)).status == 0)
        }
    }

    /// Runs a command that takes the gallery, with its key in the environment and a line on standard input.
    private func run(_ words: String..., environment: [String: String] = [:], input: String = "") throws -> Run {
        let path = setup.tool.folder.path("input")
        try Data(input.utf8).write(to: URL(fileURLWithPath: path))
        let assignments = environment.map { "\($0)=\($1)" }
        return try setup.tool.run(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", "input=$1; shift; exec env \"$@\" < \"$input\"", "sh", path] + assignments
                + [CommandLineTool.executable.path] + words + ["--gallery", setup.tool.gallery])
    }

    @Test func aKeyFileIsNotOverwritten() throws {
        let path = setup.tool.folder.path("a.key")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let run = try setup.tool("gallery", "key", path)
        #expect(run.status == 3 && run.errors.contains("there already"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func fromTheFirstEnrolmentToTheEnd() throws {
        #expect(try setup.enroll("Ada", setup.photo(1), "--seal-key", key).status == 0)
        #expect(try setup("verify", setup.photo(1), "--as", "Ada", "--seal-key", key).status == 0)
        #expect(try run("identify", setup.photo(1), environment: ["FACEPRINT_SEAL_KEY": key]).status == 0)
        #expect(try setup("people", "list").output.contains("Ada"))
        let locked = try setup("verify", setup.photo(1), "--as", "Ada")
        #expect(locked.status == 3 && locked.errors.contains("--seal-key"))
        let wrong = try setup("identify", setup.photo(1), "--seal-key", otherKey)
        #expect(wrong.status == 3 && wrong.errors.contains("doesn't open"))

        #expect(try setup("gallery", "rekey", "--seal-key", key, "--new-seal-key", otherKey).status == 0)
        #expect(try setup("identify", setup.photo(1), "--seal-key", key).status == 3)
        #expect(try setup("identify", setup.photo(1), "--seal-key", otherKey).status == 0)
        // As after an interruption: the same command again only finishes.
        let again = try setup("gallery", "rekey", "--seal-key", key, "--new-seal-key", otherKey)
        #expect(again.status == 0)
        #expect(try Gallery(at: setup.tool.gallery).events(EventFilter(kinds: [.galleryRekeyed])).count == 1)

        #expect(try setup("gallery", "unseal", "--seal-key", otherKey).status == 2)
        #expect(try setup("gallery", "unseal", "--seal-key", otherKey, "--yes").status == 0)
        #expect(try setup("identify", setup.photo(1)).status == 0)
        let plain = try setup("identify", setup.photo(1), "--seal-key", key)
        #expect(plain.status == 3 && plain.errors.contains("isn't sealed"))
    }

    @Test func anExistingGalleryIsSealed() throws {
        let nothing = try setup("gallery", "seal", "--seal-key", key)
        #expect(nothing.status == 3 && !FileManager.default.fileExists(atPath: setup.tool.gallery))
        #expect(try setup.enroll("Ada", setup.photo(1)).status == 0)
        #expect(try setup("gallery", "seal").status == 2)
        #expect(try setup("gallery", "seal", "--seal-key", key).status == 0)
        #expect(try setup("gallery", "seal", "--seal-key", key).status == 0)
        #expect(try setup("gallery", "seal", "--seal-key", otherKey).status == 3)
        #expect(try setup("identify", setup.photo(1), "--seal-key", key).status == 0)
        #expect(try Gallery(at: setup.tool.gallery).events(EventFilter(kinds: [.gallerySealed])).count == 1)
    }

    @Test func passphrasesAndVariables() throws {
        #expect(try setup.enroll("Ada", setup.photo(1)).status == 0)
        #expect(try run("gallery", "seal", "--seal-key", "passphrase", input: "open sesame\n").status == 0)
        let photo = try setup.photo(1)
        #expect(try run("identify", photo, "--seal-key", "passphrase", input: "open sesame\n").status == 0)
        #expect(try run("identify", photo, "--seal-key", "passphrase", input: "open sesam\n").status == 3)
        #expect(try run("identify", photo, "--seal-key", "passphrase").errors.contains("empty"))
        // The old one, and the new one.
        let rekeyed = try run(
            "gallery", "rekey", "--seal-key", "passphrase", "--new-seal-key", "passphrase",
            input: "open sesame\nhorse battery\n")
        #expect(rekeyed.status == 0)
        #expect(try run("identify", photo, "--seal-key", "passphrase", input: "horse battery\n").status == 0)
        let text = try String(contentsOfFile: setup.tool.folder.path("a.key"), encoding: .utf8)
            .trimmingCharacters(in: .newlines)
        let byVariable = try run(
            "gallery", "rekey", "--seal-key", "passphrase", "--new-seal-key", "env:FP_KEY",
            environment: ["FP_KEY": text], input: "horse battery\n")
        #expect(byVariable.status == 0)
        #expect(try setup("identify", photo, "--seal-key", key).status == 0)
    }

    @Test(arguments: ["passphrase:", "file", "file:", "env:", "x:y", "", "JdEYIkOGjEzMkfDB7d4F"])
    func aSourceThatIsNone(_ source: String) throws {
        let run = try setup("people", "list", "--seal-key", source)
        #expect(run.status == 2 && run.errors.contains("file:PATH"))
        // It may be the key itself.
        #expect(source.count < 10 || !run.errors.contains(source))
    }
}
