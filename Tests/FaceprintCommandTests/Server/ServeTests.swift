import Foundation
import Synchronization
import TestSupport
import Testing

/// `faceprint serve` as a process: its settings, and what signals do to it. What it answers is the server's tests' matter.
@Suite struct ServeTests {
    private let setup = try! TinySetup()

    // MARK: Settings

    @Test func theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws {
        let file = try settings("door-name = File\nliveness = required\nlog = json")
        let environment = ["FACEPRINT_CONFIG": file, "FACEPRINT_DOOR_NAME": "Environment", "FACEPRINT_LOG": "off"]
        let server = try serve("--door-name", "Words", environment: environment)
        #expect(try door(server) == ["Words", "required"])
        #expect(server.stop() == 0)
        #expect(server.errors == "")

        let other = try serve("--config", file, environment: ["FACEPRINT_DOOR_NAME": "Environment"])
        #expect(try door(other) == ["Environment", "required"])
        #expect(other.stop() == 0)
        #expect(other.errors.contains("\"route\":\"/api/v1/door\""))

        let third = try serve("--config", file)
        #expect(try door(third) == ["File", "required"])
        #expect(third.stop() == 0)
    }

    @Test(arguments: [
        ("door-nme = X", "sets door-nme, which is none of its settings"),
        ("check = true", "sets check"),
        ("rate-limit = fast", "rate-limit in “"),
        ("max-body = 0", "allowed is a number from 0.01 to 1000.0"),
        ("liveness = perhaps", "is “perhaps”; allowed is off, required"),
        ("insecure = yes", "is “yes”; allowed is true, false"),
        ("listen = somewhere", "“listen” is “somewhere”; allowed is an IP address"),
        ("listen = 127.0.0.1:8000 # here", "allowed is an IP address"),
        ("door-command = open-door", "it has to be the full path of a program"),
        ("door-command = /bin/true 'unfinished", "it has to be a program's path with its arguments"),
        ("door-webhook = ftp://door/", "it has to be an address of http or https"),
        ("door-webhook = http://door/\ndoor-command = /bin/true", "not both"),
        ("door-webhook-secret-file = /etc/hostname", "door-webhook-secret-file in “"),
        ("tls-key = /etc/hostname", "give --tls-certificate and --tls-key, or neither"),
        ("log = off\n[tls]\ntls-key = x", "has a line [tls]"),
        ("no equals sign", "is no file of settings"),
    ])
    func aMistakeInTheFileIsSaidInOneLine(lines: String, message: String) throws {
        let run = try setup("serve", "--check", "--config", try settings(lines))
        #expect(run.status == 2)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.output == "")
        #expect(!FileManager.default.fileExists(atPath: setup.tool.gallery))
    }

    @Test func aMistakeInTheEnvironmentIsNamed() throws {
        let check = try ServerProcess(setup.tool, ["--check"], environment: ["FACEPRINT_DOOR_SECONDS": "soon"])
        #expect(check.waitForEnd() == 2)
        #expect(check.errors.contains("FACEPRINT_DOOR_SECONDS is “soon”; allowed is a number from 0.1 to 60.0"))
    }

    @Test func aCheckSaysWhatAStartWould() throws {
        try enroll()
        #expect(try setup("serve", "--check").output == "The settings are fine.\n")
        let garbage = setup.tool.folder.path("garbage.pem")
        try "no certificate".write(toFile: garbage, atomically: true, encoding: .utf8)
        let run = try setup("serve", "--check", "--tls-certificate", garbage, "--tls-key", garbage)
        #expect(run.status == 3)
        #expect(run.errors.contains("the TLS certificate and key can't be used"))
    }

    @Test func aGalleryOfAnotherModelIsRefused() throws {
        try enroll()
        _ = try TinyEncoder.install(in: .init(folder: setup.tool.folder.path("home/models")), as: "other")
        let run = try setup("serve", "--check", "--model", "other")
        #expect(run.status == 3)
        #expect(run.errors.contains("the gallery holds embeddings of tiny"))
    }

    @Test(arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.1:8000"])
    func anAddressThatOthersReachWantsTLSOrAWord(address: String) throws {
        try enroll()
        let run = try setup("serve", "--check", "--listen", address)
        #expect(run.status == 2)
        #expect(run.errors.contains("--insecure"))
        #expect(try setup("serve", "--check", "--listen", address, "--insecure").status == 0)
    }

    @Test func aPortThatIsTaken() throws {
        let server = try serve()
        let run = try setup("serve", "--listen", String(server.address.dropFirst("http://".count)))
        #expect(run.status == 3)
        #expect(run.errors.contains("can't listen at 127.0.0.1"))
        #expect(server.stop() == 0)
    }

    // MARK: Signals

    @Test func aReloadReadsTheSettingsAgainAndLosesNoRequest() throws {
        let file = try settings("door-name = Before\nlog = off\nrate-limit = 0")
        let server = try serve("--config", file)
        let traffic = Traffic(server)
        #expect(try door(server)[0] == "Before")
        for number in 1...3 {
            _ = try settings("door-name = After \(number)\nlog = off\nrate-limit = 0")
            server.signal(SIGHUP)
            try #require(server.nextLine() == "Faceprint has read its settings again.")
            #expect(try door(server)[0] == "After \(number)")
        }
        let statuses = traffic.stop()
        #expect(!statuses.isEmpty)
        #expect(statuses.allSatisfy { $0 == 200 }, "\(Set(statuses))")
        #expect(server.stop() == 0)
    }

    @Test(arguments: [
        ("door-nme = X", "sets door-nme"), ("listen = 127.0.0.1:1", "to listen elsewhere it has to be started anew"),
    ])
    func aMistakeAtAReloadLeavesTheOldSettings(line: String, message: String) throws {
        let file = try settings("door-name = Before\nlog = off\nlisten = 127.0.0.1:0")
        let server = try serve("--config", file, listen: nil)
        // Of two lines for one option the last is taken.
        _ = try settings("door-name = After\nlog = off\nlisten = 127.0.0.1:0\n" + line)
        server.signal(SIGHUP)
        let error = try #require(server.nextErrorLine())
        #expect(error.contains(message))
        #expect(error.hasSuffix("; the old settings go on"))
        #expect(try door(server)[0] == "Before")
        #expect(server.stop() == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func anEndAnswersWhatHasArrived(signal: CInt) throws {
        // A door that takes as long as it takes for the server to be told to end.
        let pipe = setup.tool.folder.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let server = try serve(
            "--door-command", "/bin/sh -c 'echo > \"\(pipe)\"; read line < \"\(pipe)\"'", "--door-seconds", "60",
            "--log", "off")
        let answer = Mutex<(status: Int, text: String)?>(nil)
        let photo = try Data(contentsOf: URL(fileURLWithPath: try setup.photo(1)))
        let body = try JSONEncoder().encode(["file": photo.base64EncodedString()])
        let done = DispatchGroup()
        done.enter()
        Thread.detachNewThread {
            let result = try? server.ask("POST", "/api/v1/door/enter", json: body)
            answer.withLock { $0 = result }
            done.leave()
        }
        // The door is being opened.
        #expect(try #require(FileHandle(forReadingAtPath: pipe)).readToEnd() == Data("\n".utf8))
        server.signal(signal)
        try #require(FileHandle(forWritingAtPath: pipe)).write(contentsOf: Data("\n".utf8))
        done.wait()
        let (status, text) = try #require(answer.withLock { $0 })
        #expect(status == 200)
        #expect(text.contains("\"state\":\"admitted\""))
        #expect(server.waitForEnd() == 0)
    }

    // MARK: -

    /// The door's name and whether it wants a challenge.
    private func door(_ server: ServerProcess) throws -> [String] {
        let (status, text) = try server.ask("GET", "/api/v1/door")
        try #require(status == 200, "\(text)")
        let members = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return [members["name"] as? String ?? "", members["liveness"] as? String ?? ""]
    }

    private func settings(_ lines: String) throws -> String {
        let path = setup.tool.folder.path("faceprint.conf")
        try "# A comment.\n[faceprint]\n\(lines)\n".write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func enroll() throws {
        let run = try setup.enroll("ada", try setup.photo(1))
        try #require(run.status == 0, "\(run.errors)")
    }

    /// Starts a server with somebody enrolled.
    private func serve(
        _ options: String..., listen: String? = "127.0.0.1:0", environment: [String: String] = [:]
    ) throws -> ServerProcess {
        try enroll()
        let listening = listen.map { ["--listen", $0] } ?? []
        return try ServerProcess(setup.tool, listening + options, environment: environment)
    }
}
