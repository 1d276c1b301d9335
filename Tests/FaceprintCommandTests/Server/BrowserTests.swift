import FaceprintFiles
import Foundation
import TestSupport
import Testing

/// The pages as people use them, in a real browser before a camera that shows photos, with the default model.
@Suite(
    .needsSharedData, .needsDetectors, .needsFaceNet, .needs(.browser), .needs(command: "chromium", "chromium-browser"),
    .serialized)
struct BrowserTests {
    private let tool = try! CommandLineTool(home: DataFolder().path)

    private static let people = ["younes", "kian", "bertrand", "benoit"]

    private func photo(_ name: String) -> String { SharedData.url("seed/images/\(name)").path }

    private func lfw(_ person: String, _ number: Int) -> String {
        SharedData.url("lfw-dev/images/\(person)/\(person)_\(String(format: "%04d", number)).jpg").path
    }

    private func enroll(_ name: String, _ photo: String) throws {
        let run = try tool("enroll", name, photo, "--force", "--gallery", tool.gallery)
        try #require(run.status == 0, "\(run.errors)")
    }

    /// A scenario of the tour; what it sees is asserted there.
    private func tour(_ server: ServerProcess, _ scenario: String, _ arguments: [String]) throws {
        let script = SharedData.packageFolder.appending(path: "Tests/Tours/browser-tour.py").path
        var all = [script, scenario, "--url", server.address, "--key", server.key] + arguments
        // To look at them: in light and dark, at both sizes.
        if let folder = ProcessInfo.processInfo.environment["FACEPRINT_SCREENSHOTS"] {
            all += ["--screenshots", folder]
        }
        let run = try tool.run(try #require(PythonEnvironment.browser.executable), all)
        #expect(run.status == 0, "\(run.errors)\(run.output)")
    }

    @Test func theDoorLetsInWhoIsKnownAndNobodyElse() throws {
        for name in Self.people { try enroll(name, photo("\(name).jpg")) }
        #expect(try tool("people", "badge", "kian", "0042", "--gallery", tool.gallery).status == 0)
        let server = try ServerProcess(tool)
        let nobody = Self.people.flatMap { ["--never", $0] }

        try tour(
            server, "walk-up",
            ["--label", "welcome", "--photos", photo("camera_0.jpg"), "--expect", "Welcome in, younes"])
        try tour(
            server, "walk-up",
            ["--label", "stranger", "--photos", photo("camera_4.jpg"), "--expect", "Please go away"] + nobody)
        try tour(
            server, "card",
            [
                "--label", "wrong-card", "--claim", "0042", "--photos", photo("camera_2.jpg"), "--expect",
                "Please go away",
            ]
                + nobody)
        try tour(
            server, "card",
            [
                "--label", "card", "--claim", "bertrand", "--photos", photo("camera_1.jpg"),
                "--expect", "Welcome in, bertrand",
            ])
        #expect(server.stop() == 0)
    }

    @Test func whoIsAddedIsWelcomeUntilTheyAreRemoved() throws {
        try enroll("younes", photo("younes.jpg"))
        let server = try ServerProcess(tool)
        let danielle = photo("danielle.png")
        try tour(server, "add-person", ["--name", "Danielle Ø", "--badge", "77", "--photos", danielle])
        try tour(
            server, "walk-up", ["--label", "added", "--photos", danielle, "--expect", "Welcome in, Danielle Ø"])
        try tour(server, "remove-person", ["--name", "Danielle Ø"])
        try tour(
            server, "walk-up",
            ["--label", "removed", "--photos", danielle, "--expect", "Please go away", "--never", "Danielle"])
        #expect(server.stop() == 0)
    }

    @Test func aStillDoesNotPassTheChallengeAndATurningHeadDoes() throws {
        let straight = lfw("Adrien_Brody", 2)
        try enroll("Adrien", straight)
        let server = try ServerProcess(tool, "--liveness", "required")
        try tour(
            server, "challenge",
            [
                "--label", "still", "--photos", straight, "--expect", "That took too long. Please try again",
                "--never", "Adrien", "--seconds", "60",
            ])
        try tour(
            server, "challenge",
            [
                "--label", "turning", "--photos", straight, "--left", lfw("Adrien_Brody", 5),
                "--right", lfw("Adrien_Brody", 12), "--expect", "Welcome in, Adrien", "--seconds", "60",
            ])
        #expect(server.stop() == 0)
    }
}
