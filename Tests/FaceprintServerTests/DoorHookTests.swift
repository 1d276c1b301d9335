import Foundation
import TestSupport
import Testing

@testable import FaceprintServer

/// What opens the door: a command, or a webhook at a real HTTP server of the test's own.
@Suite struct DoorHookTests {
    private let folder = try! TemporaryFolder()
    private let admission = Admission(
        door: "Main entrance", person: "Zoë “Z” O'Neil", mode: "card", event: 17, time: "2026-11-24T09:30:00.250Z")

    // MARK: Commands

    @Test func aCommandIsToldWhoComesInAndNothingElse() throws {
        let note = folder.path("note")
        setenv("FACEPRINT_TEST_SECRET", "hidden", 1)
        try shell("printf '%s\\n' \"$2\" > \"$1\"; env >> \"$1\"", note, "two words; $(false)").open(
            admission, seconds: 60)
        let lines = try String(contentsOfFile: note, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.first == "two words; $(false)")
        #expect(lines.contains("FACEPRINT_PERSON=Zoë “Z” O'Neil"))
        #expect(lines.contains("FACEPRINT_MODE=card"))
        #expect(lines.contains("FACEPRINT_DOOR=Main entrance"))
        let prefix = "FACEPRINT_ADMISSION="
        let json = try #require(lines.first { $0.hasPrefix(prefix) }).dropFirst(prefix.count)
        try expectAdmission(Data(json.utf8))
        #expect(!lines.contains { $0.contains("hidden") })
    }

    @Test(arguments: [("exit 7", "status 7"), ("kill -9 $$", "signal 9")])
    func aCommandThatFailsSaysHow(script: String, reason: String) {
        expectFailure(shell(script), reason)
    }

    @Test func aCommandThatIsNotThereFails() {
        expectFailure(.command(["/nothing/here"]), "“/nothing/here” can't be run: No such file")
    }

    @Test(.timeLimit(.minutes(1)))
    func whatTakesTooLongIsEndedWithAllThatItStarted() throws {
        let pipe = try NamedPipe(folder.path("pipe"))
        expectFailure(
            shell("exec 9> \"$1\"; echo begun >&9; sleep 300 & wait", pipe.path), seconds: 2, "longer than 2.0")
        // Ends when the last that could write to it has ended.
        #expect(try pipe.readToEnd() == "begun\n")
    }

    @Test func whatACommandLeavesRunningIsNotWaitedFor() throws {
        let pipe = try NamedPipe(folder.path("pipe"))
        defer { pipe.endWaitingReaders() }
        try shell("cat \"$1\" & exit 0", pipe.path).open(admission, seconds: 20)
    }

    /// After a reload the server's threads have signals blocked.
    @Test func aCommandCanBeEndedBySignals() {
        var signals = sigset_t()
        sigfillset(&signals)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        expectFailure(shell("kill -TERM $$; exit 0"), "signal 15")
    }

    // MARK: Webhooks

    @Test func aWebhookIsSigned() throws {
        let receiver = try WebhookReceiver(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        try DoorHook.webhook(receiver.url, secret: "a shared secret").open(admission, seconds: 60)
        let request = try #require(receiver.requests.first)
        #expect(request.line == "POST /open HTTP/1.1")
        #expect(request.headers["content-type"] == "application/json")
        let signature = DoorHook.hmac(request.body, secret: "a shared secret")
        #expect(request.headers["x-faceprint-signature"] == "sha256=\(signature)")
        try expectAdmission(request.body)
    }

    /// RFC 4231, test case 2.
    @Test func theSignatureIsHMAC() {
        #expect(
            DoorHook.hmac(Data("what do ya want for nothing?".utf8), secret: "Jefe")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func withoutASecretThereIsNoSignature() throws {
        let receiver = try WebhookReceiver(answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        try DoorHook.webhook(receiver.url, secret: nil).open(admission, seconds: 60)
        #expect(receiver.requests.first?.headers["x-faceprint-signature"] == nil)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectIsARefusalAndNotFollowed(status: Int) throws {
        let other = try WebhookReceiver(answer: "HTTP/1.1 204 No Content\r\n\r\n")
        let receiver = try WebhookReceiver(
            answer: "HTTP/1.1 \(status) Elsewhere\r\nLocation: \(other.url)\r\nContent-Length: 0\r\n\r\n")
        expectFailure(.webhook(receiver.url, secret: nil), "answered \(status)")
        #expect(receiver.requests.count == 1)
        #expect(other.requests.isEmpty)
    }

    @Test(arguments: [400, 500])
    func anErrorIsARefusal(status: Int) throws {
        let receiver = try WebhookReceiver(answer: "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")
        expectFailure(.webhook(receiver.url, secret: nil), "answered \(status)")
    }

    @Test func aWebhookThatDoesNotAnswerHasFailed() throws {
        let receiver = try WebhookReceiver(answer: "")
        expectFailure(.webhook(receiver.url, secret: nil), seconds: 0.5, "longer than 0.5")
    }

    @Test func theStatusIsEnoughWhereTheBodyHasNoEnd() throws {
        let receiver = try WebhookReceiver(answer: "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nbegun")
        try DoorHook.webhook(receiver.url, secret: nil).open(admission, seconds: 60)
    }

    @Test func nobodyListening() throws {
        let receiver = try WebhookReceiver(answer: "")
        receiver.stop()
        expectFailure(.webhook(receiver.url, secret: nil), "can't be reached")
    }

    // MARK: -

    private func shell(_ script: String, _ arguments: String...) -> DoorHook {
        .command(["/bin/sh", "-c", script, "hook"] + arguments)
    }

    private func expectFailure(_ hook: DoorHook, seconds: Double = 60, _ reason: String) {
        let failure = #expect(throws: DoorHookFailure.self) { try hook.open(admission, seconds: seconds) }
        #expect(failure?.description.contains(reason) == true, "\(failure?.description ?? "")")
    }

    private func expectAdmission(_ json: Data) throws {
        let members = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(members.count == 5)
        #expect(members["door"] as? String == "Main entrance")
        #expect(members["person"] as? String == "Zoë “Z” O'Neil")
        #expect(members["mode"] as? String == "card")
        #expect(members["event"] as? Int == 17)
        #expect(members["time"] as? String == "2026-11-24T09:30:00.250Z")
    }
}

/// A named pipe, open to be read.
private struct NamedPipe {
    let path: String
    private let handle: FileHandle

    init(_ path: String) throws {
        self.path = path
        try #require(mkfifo(path, 0o600) == 0)
        // Without waiting for a writer.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
        _ = fcntl(descriptor, F_SETFL, 0)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func readToEnd() throws -> String { String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self) }

    /// Whoever opens it to read waits for a writer, which comes and goes.
    func endWaitingReaders() { close(open(path, O_WRONLY | O_CLOEXEC)) }
}
