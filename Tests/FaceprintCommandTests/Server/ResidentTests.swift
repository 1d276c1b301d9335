import FaceprintModels
import Foundation
import TestSupport
import Testing

/// Commands that ask a server on this machine for the faces.
@Suite struct ResidentTests {
    private let setup = try! TinySetup()

    private var socket: String { setup.tool.folder.path("home/serve.sock") }

    private func start() throws -> ServerProcess {
        let run = try setup.enroll("ada", try setup.photo(1))
        try #require(run.status == 0, "\(run.errors)")
        return try ServerProcess(setup.tool, "--model", "tiny")
    }

    /// Runs a command that takes photos, once by itself and once with the server's help.
    ///
    /// - Returns: What it gave each time.
    private func both(_ words: [String]) throws -> (alone: Run, together: Run) {
        (try setup.tool(words + ["--no-resident"]), try setup.tool(words))
    }

    private func expectSame(_ words: [String]) throws {
        let (alone, together) = try both(words)
        #expect(together.status == alone.status, "\(words)")
        #expect(together.output == alone.output, "\(words)")
        #expect(together.errors == alone.errors, "\(words)")
    }

    /// The statuses of the answers that the server has given to commands, and ends it.
    private func statuses(_ server: ServerProcess) -> [Substring] {
        #expect(server.stop() == 0)
        return server.errors.matches(of: /command status=(\d+)/).map(\.output.1)
    }

    @Test func commandsPrintTheSame() throws {
        let server = try start()
        let gallery = ["--gallery", setup.tool.gallery]
        let (first, second) = (try setup.photo(1), try setup.photo(2))
        for more in [[], ["--json"]] {
            try expectSame(["verify", first, "--as", "ada"] + gallery + more)
            try expectSame(["verify", second, "--as", "ada", "--any-face"] + gallery + more)
            try expectSame(["identify", first, second, "--top", "3"] + gallery + more)
            try expectSame(["compare", first, second, "--model", "tiny"] + more)
            try expectSame(["encode", first, second, "--model", "tiny"] + more)
        }
        // One a photo, and none for a command by itself.
        #expect(statuses(server) == [Substring](repeating: "200", count: 16))
        #expect(!FileManager.default.fileExists(atPath: socket))
        try expectSame(["verify", first, "--as", "ada"] + gallery)
    }

    @Test func errorsAreTheSame() throws {
        let server = try start()
        let gallery = ["--gallery", setup.tool.gallery]
        let text = setup.tool.folder.path("text.jpg")
        try "no photo".write(toFile: text, atomically: true, encoding: .utf8)
        for photo in [text, setup.tool.folder.path("missing.jpg"), setup.tool.folder.path("home")] {
            let (alone, together) = try both(["verify", photo, "--as", "ada"] + gallery)
            #expect(alone.status == 3)
            #expect(alone.errors.contains(photo))
            #expect((together.status, together.output, together.errors) == (alone.status, alone.output, alone.errors))
            try expectSame(["identify", try setup.photo(1), photo, try setup.photo(2)] + gallery)
            try expectSame(["encode", try setup.photo(1), photo, "--model", "tiny"])
            try expectSame(["compare", photo, try setup.photo(1), "--model", "tiny"])
        }
        _ = statuses(server)
    }

    @Test func otherSettingsAreNotAsked() throws {
        _ = try TinyEncoder.install(in: ModelCatalogue(folder: setup.tool.folder.path("home/models")), as: "other")
        let server = try start()
        let photo = try setup.photo(1)
        try expectSame(["encode", photo, "--model", "other"])
        try expectSame(["encode", photo, "--model", "tiny", "--mirror"])
        try expectSame(["encode", photo, "--model", "tiny", "--profile", "standardized"])
        try expectSame(["encode", photo, "--model", "tiny", "--max-pixels", "50"])
        #expect(statuses(server) == ["409", "409", "409", "409"])
    }

    @Test func aReloadKeepsTheSocket() throws {
        let server = try start()
        server.signal(SIGHUP)
        try #require(server.nextLine() == "Faceprint has read its settings again.")
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        #expect(statuses(server) == ["200"])
    }

    @Test func aSecondServerLeavesTheSocketToTheFirst() throws {
        let server = try start()
        let second = try ServerProcess(setup.tool, "--model", "tiny")
        #expect(second.nextErrorLine()?.contains("another server listens there") == true)
        #expect(try second.ask("GET", "/healthz").status == 200)
        #expect(second.stop() == 0)
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        #expect(statuses(server) == ["200"])
    }

    @Test func theSocketOfAKilledServerIsReplaced() throws {
        let first = try start()
        first.kill()
        #expect(FileManager.default.fileExists(atPath: socket))
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        let second = try ServerProcess(setup.tool, "--model", "tiny")
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        #expect(statuses(second) == ["200"])
    }

    @Test func aServerMayDoWithout() throws {
        let first = try start()
        first.kill()
        let server = try ServerProcess(setup.tool, "--model", "tiny", "--no-socket")
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        #expect(statuses(server).isEmpty)
    }

    @Test(arguments: [LocalServer.Behaviour.closes, .says(Array("HTTP/1.1 200 OK\r\n\r\nPFP1".utf8))])
    func aServerThatAnswersNonsenseIsPassedOver(behaviour: LocalServer.Behaviour) throws {
        let server = try LocalServer(at: socket, behaviour)
        try expectSame(["encode", try setup.photo(1), "--model", "tiny"])
        withExtendedLifetime(server) {}
    }
}
