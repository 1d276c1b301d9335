import Foundation
import TestSupport
import Testing

/// Help, wrong usage and completion.
@Suite struct UsageTests {
    private let tool = try! CommandLineTool()

    private static let commands = [
        "verify", "identify", "compare", "enroll", "people list", "people show", "people rename", "people badge",
        "people group", "people remove", "people export", "gallery export", "gallery import", "gallery backup",
        "gallery restore", "gallery verify", "gallery stats", "gallery compact", "gallery retention", "gallery expire",
        "key create", "key list", "key revoke", "log list", "log verify", "encode", "evaluate lfw",
        "evaluate pairs", "evaluate folder", "calibrate", "map", "explain", "model fetch", "model import",
        "model list", "model show", "completions",
    ]

    @Test(arguments: commands)
    func everyCommandHasHelpWithAnExample(command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let run = try tool(words + ["--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("usage: faceprint \(command)"))
        #expect(run.output.contains("example:\n  $ "))
        #expect(try tool(["help"] + words).output == run.output)
        #expect(try tool("--help").output.contains("  \(command) "))
    }

    @Test func noWordsAtAllShowTheHelp() throws {
        let run = try tool([])
        #expect(run.status == 2)
        #expect(run.output == (try tool("--help").output))
    }

    @Test func theVersion() throws {
        let run = try tool("--version")
        #expect(run.output.wholeMatch(of: /faceprint \d+\.\d+\.\d+\n/) != nil)
    }

    @Test(arguments: [
        (["verfy"], "there is no command “verfy”"),
        (["people"], "“people” is followed by one of list, show, rename, badge, group, remove, export"),
        (["verify", "a.jpg"], "--as NAME is missing"),
        (["verify", "--as"], "--as needs a value"),
        (["verify", "a.jpg", "b.jpg", "--as", "x"], "“verify” takes PHOTO"),
        (["compare", "a.jpg"], "“compare” takes PHOTO PHOTO"),
        (["compare", "a.jpg", "b.jpg", "--bogus"], "knows no option --bogus"),
        (["compare", "a.jpg", "b.jpg", "--precision", "f64"], "--precision is “f64”; allowed is automatic, f32, bf16"),
        (["enroll", "name"], "“enroll” takes NAME PHOTO… or --folder DIR"),
        (["enroll", "name", "a.jpg", "--folder", "x"], "not both"),
        (["completions", "fish"], "completions exist for bash and zsh"),
        (["people", "list", "extra"], "“people list” takes no more words"),
    ])
    func wrongUsageIsSaidInOneLine(words: [String], message: String) throws {
        let run = try tool(words)
        #expect(run.status == 2)
        #expect(run.errors.contains(message))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: ["-0.1", "2.1", "x", "nan"])
    func aThresholdIsADistance(value: String) throws {
        let setup = try TinySetup()
        let photo = try setup.photo(1)
        _ = try setup.enroll("ann", photo)
        let run = try setup("verify", photo, "--as", "ann", "--threshold=\(value)")
        #expect(run.status == 2)
        #expect(run.errors.contains("--threshold is “\(value)”"))
    }

    @Test func aWordAfterTwoDashesIsNoOption() throws {
        let run = try tool("compare", "--method", "pixels", "--", "--json", "b.jpg")
        #expect(run.status == 3)
        #expect(run.errors.contains("there is no file “--json”"))
    }

    @Test func bashCompletes() throws {
        let script = try tool("completions", "bash").output
        func complete(_ words: String...) throws -> Set<String> {
            let list = words.map { "'\($0)'" }.joined(separator: " ")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "bash", "-c",
                """
                \(script)
                COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _faceprint; printf '%s\\n' "${COMPREPLY[@]}"
                """,
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return Set(text.split(separator: "\n").map(String.init))
        }
        #expect(try complete("faceprint", "ver") == ["verify"])
        #expect(try complete("faceprint", "people", "re") == ["rename", "remove"])
        #expect(try complete("faceprint", "verify", "--th") == ["--threshold"])
        #expect(try complete("faceprint", "compare", "--precision", "b") == ["bf16"])
    }

    @Test func zshTakesItsScript() throws {
        guard FileManager.default.isExecutableFile(atPath: "/bin/zsh") else {
            print("skipped: zsh is not here to check its completion script")
            return
        }
        let path = tool.folder.path("_faceprint")
        try tool("completions", "zsh").output.write(toFile: path, atomically: true, encoding: .utf8)
        let process = try Process.run(URL(fileURLWithPath: "/bin/zsh"), arguments: ["-n", path])
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
