import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// `faceprint watch` on videos that are made here from photos of LFW.
@Suite(.needsSharedData, .needsFaceNet, .needsDetectors) struct WatchTests {
    private static let known = ["David_Beckham", "Tony_Blair", "Vicente_Fox"]
    private let tool = try! CommandLineTool(home: DataFolder().path)

    /// Photos that aren't in the video.
    private func enroll(_ people: [String] = Self.known) throws {
        for person in people {
            let photos = try SharedData.lfwPhotos(of: person).suffix(3)
            #expect(try tool(["enroll", person, "--force"] + photos + ["--gallery", tool.gallery]).status == 0)
        }
    }

    private func photo(_ person: String) throws -> String { try SharedData.lfwPhotos(of: person)[0] }

    /// Three who are known and two who aren't, some at the same time; one of them comes twice.
    private func video(_ name: String) throws -> String {
        let path = tool.folder.path(name)
        try MovingPhoto.write(
            path, frames: 200,
            [
                MovingPhoto(
                    try photo("David_Beckham"), frames: 0..<60, from: (10, 10), to: (60, 30), sides: (180, 260)),
                MovingPhoto(
                    try photo("Hugo_Chavez"), frames: 20..<110, from: (380, 200), to: (330, 190), sides: (200, 250)),
                MovingPhoto(try photo("Tony_Blair"), frames: 70..<140, from: (0, 0), to: (90, 60), sides: (250, 220)),
                MovingPhoto(
                    try photo("David_Beckham"), frames: 120..<160, from: (380, 20), to: (370, 20), sides: (240, 240)),
                MovingPhoto(
                    try photo("Bill_Gates"), frames: 150..<200, from: (0, 220), to: (60, 200), sides: (250, 250)),
                MovingPhoto(
                    try photo("Vicente_Fox"), frames: 165..<200, from: (370, 200), to: (350, 200), sides: (250, 250)),
            ])
        return path
    }

    private func objects(_ run: Run) throws -> [[String: Any]] {
        try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func everybodyKnownIsReportedOnceAndNoStrangerIsNamed() throws {
        try enroll()
        let path = try video("a.mp4")
        let annotated = tool.folder.path("annotated.mkv")
        let note = tool.folder.path("note")
        let run = try tool(
            "watch", path, "--gallery", tool.gallery, "--json", "--annotate", annotated, "--door-name", "Gate",
            "--door-command", "/bin/sh -c 'echo \"$FACEPRINT_DOOR $FACEPRINT_MODE $FACEPRINT_PERSON\" >> \(note)'")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let decisions = try objects(run)
        #expect(decisions.compactMap { $0["person"] as? String } == ["David_Beckham", "Tony_Blair", "Vicente_Fox"])
        #expect(decisions.count { $0["person"] is NSNull } == 2)
        for decision in decisions {
            let (distance, threshold) = (decision["distance"] as? Double, decision["threshold"] as? Double)
            #expect(try #require(distance) <= #require(threshold) || decision["person"] is NSNull)
            #expect(decision["event"] as? String == "decision" && (decision["frames"] as? Int ?? 0) > 3)
            #expect((decision["box"] as? [String: Any])?["width"] is Double)
        }

        // The door opened for each of them.
        let opened = try String(contentsOfFile: note, encoding: .utf8).split(separator: "\n")
        #expect(opened == Self.known.map { "Gate video \($0)" })
        let events = try Gallery(at: tool.gallery).events(
            EventFilter(kinds: [.identified, .refused, .doorOpened, .doorFailed]))
        #expect(events.filter { $0.kind == .identified }.compactMap(\.person).sorted() == Self.known)
        #expect(events.count { $0.kind == .refused } == 2 && events.count { $0.kind == .doorOpened } == 3)
        #expect(events.allSatisfy { $0.kind == .doorOpened || $0.detail["threshold"] == "1.0" })
        _ = try Gallery(at: tool.gallery).verifyLog()

        // The annotated video can be watched in turn, and shows the same people.
        let again = try tool("watch", annotated, "--gallery", tool.gallery)
        let named = again.output.split(separator: "\n").filter { $0.contains("welcome in, ") }
        #expect(again.status == 0 && named.count == 3, "\(again.output)")
        for person in Self.known { #expect(named.count { $0.contains("welcome in, \(person) (distance 0.") } == 1) }
    }

    @Test func onlyPeopleOfTheGroupAreNamedAndADoorThatFailsIsSaid() throws {
        try enroll(["David_Beckham", "Tony_Blair"])
        _ = try tool("people", "group", "Tony_Blair", "night", "--gallery", tool.gallery)
        let path = tool.folder.path("a.mkv")
        try MovingPhoto.write(
            path, frames: 40,
            [
                MovingPhoto(try photo("David_Beckham"), frames: 0..<40, from: (0, 0), to: (9, 9), sides: (250, 250)),
                MovingPhoto(
                    try photo("Tony_Blair"), frames: 0..<40, from: (350, 200), to: (340, 200), sides: (250, 250)),
            ])
        let run = try tool(
            "watch", path, "--gallery", tool.gallery, "--group", "night", "--door-command", "/bin/false")
        #expect(run.status == 3)
        #expect(run.output.contains("welcome in, Tony_Blair") && !run.output.contains("Beckham"))
        #expect(run.output.contains("not in the database"))
        #expect(run.errors.contains("“/bin/false” failed with status 1"))
        #expect(try Gallery(at: tool.gallery).events(EventFilter(kinds: [.doorFailed])).count == 1)
    }

    @Test func aStreamThatStopsIsWatchedAgainAndThenGivenUp() throws {
        try enroll(["David_Beckham"])
        let path = tool.folder.path("a.ts")
        try MovingPhoto.write(
            path, frames: 40,
            [MovingPhoto(try photo("David_Beckham"), frames: 0..<40, from: (0, 0), to: (90, 90), sides: (250, 250))])
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let server = try StreamServer([bytes, bytes])
        let run = try tool(
            "watch", "tcp://127.0.0.1:\(server.port)", "--gallery", tool.gallery, "--json", "--no-skip",
            "--retries", "1")
        #expect(run.status == 3)
        let events = try objects(run).map { $0["event"] as? String }
        #expect(events == ["decision", "lost", "back", "lost"])
        #expect(run.errors.contains("has ended; trying again") && run.errors.contains("is back"))
        #expect(run.errors.contains("is given up after 1 more attempts"))
    }

    /// Until it is told to end, which it does with what it has.
    @Test(arguments: [SIGINT, SIGTERM]) func aSignalEndsItCleanly(number: Int32) throws {
        try enroll(["David_Beckham"])
        let path = tool.folder.path("a.ts")
        try MovingPhoto.write(
            path, frames: 12,
            [MovingPhoto(try photo("David_Beckham"), frames: 0..<12, from: (0, 0), to: (9, 9), sides: (250, 250))])
        let server = try StreamServer([[UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))])
        let (output, annotated) = (Pipe(), tool.folder.path("annotated.mp4"))
        let process = try tool.start(
            [
                "watch", "tcp://127.0.0.1:\(server.port)", "--gallery", tool.gallery, "--json", "--no-skip",
                "--annotate", annotated,
            ], output: output.fileHandleForWriting, errors: .nullDevice)
        try output.fileHandleForWriting.close()
        var lines = LineReader(output.fileHandleForReading)
        // The stream has ended, and the track is still open.
        #expect(lines.next()?.contains(#""event":"lost""#) == true)
        kill(process.processIdentifier, number)
        #expect(lines.next()?.contains("David_Beckham") == true)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        #expect(FileManager.default.fileExists(atPath: annotated))
    }

    @Test func whatCannotBeWatchedIsSaid() throws {
        try enroll(["David_Beckham"])
        func expect(_ words: [String], status: Int32, _ message: String) throws {
            let run = try tool(["watch"] + words + ["--gallery", tool.gallery])
            #expect(run.status == status && run.output == "" && run.errors.contains(message), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
        }
        try expect(["/nothing.mp4"], status: 3, "there is no file “/nothing.mp4”")
        try expect([tool.gallery], status: 3, "can't be opened as a video")
        try expect(["ftp://a/b"], status: 3, "begins with “ftp://”, which is not read")
        try expect([tool.gallery, "--annotate", "a.avi"], status: 3, "“a.avi” has to end in .mp4, .mkv or .ts")
        try expect([tool.gallery, "--every", "0"], status: 2, "--every is “0”")
        try expect(["tcp://127.0.0.1:1", "--live"], status: 2, "--live is for files")
        try expect([tool.gallery, "--door-command", "false"], status: 2, "it has to be the full path of a program")
    }
}
