import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments while 200 people are enrolled.
@Suite struct InterruptionTests {
    private let setup = try! TinySetup()

    @Test func whatWasReportedIsKeptAndNobodyIsHalfWritten() throws {
        for number in 0..<200 { _ = try setup.photo(number, name: "people/p\(number).png") }
        var reported: Set<String> = []
        var kills = 0
        while reported.count < 200 {
            let output = Pipe()
            let process = try setup.tool.start(
                [
                    "enroll", "--folder", setup.tool.folder.path("people"), "--gallery", setup.tool.gallery,
                    "--model", "tiny",
                ], output: output.fileHandleForWriting, errors: .nullDevice)
            try output.fileHandleForWriting.close()
            var lines = LineReader(output.fileHandleForReading)
            // Wherever the process is when it has reported that many more: often past them by a few.
            var left = Int.random(in: 0...40)
            while left > 0, let line = lines.next() {
                if line.contains(": enrolled ") { left -= 1 }
                reported.formUnion(line.reportedName)
            }
            kill(process.processIdentifier, SIGKILL)
            // What it wrote before it died was reported too.
            while let line = lines.next() { reported.formUnion(line.reportedName) }
            process.waitUntilExit()
            kills += process.terminationReason == .uncaughtSignal ? 1 : 0
            try expectWhole(reported: reported)
        }
        #expect(kills >= 4)
    }

    /// As often as `FACEPRINT_KILLS` says. Nothing is lost or doubled, whenever it happens.
    @Test func manyPhotosOfEachAreCompletedAfterKills() throws {
        let kills = ProcessInfo.processInfo.environment["FACEPRINT_KILLS"].flatMap(Int.init) ?? 8
        for number in 0..<600 { _ = try setup.photo(number, name: "people/p\(number / 20)/\(number).png") }
        let words = [
            "enroll", "--folder", setup.tool.folder.path("people"), "--gallery", setup.tool.gallery, "--model", "tiny",
        ]
        var enrolled: [Substring] = []
        for round in 1...kills {
            let output = Pipe()
            let process = try setup.tool.start(
                words, output: output.fileHandleForWriting, errors: .nullDevice)
            try output.fileHandleForWriting.close()
            var lines = LineReader(output.fileHandleForReading)
            // Each round gets so far that there is something left for the next.
            let goal = round * 540 / kills
            var seen = 0
            while seen < goal, let line = lines.next() {
                seen += 1
                if line.contains(": enrolled ") { enrolled.append(line) }
            }
            usleep(UInt32.random(in: 0...3000))
            kill(process.processIdentifier, SIGKILL)
            while let line = lines.next() { if line.contains(": enrolled ") { enrolled.append(line) } }
            process.waitUntilExit()
            let stored = try Gallery(at: setup.tool.gallery).people().reduce(0) { $0 + $1.templateCount }
            #expect(stored >= enrolled.count, "a photo that was reported is missing")
        }
        let last = try setup.tool(words)
        #expect(last.status == 0 && last.output.hasSuffix("\n30 people, 600 photos; 0 refused\n"))
        enrolled += last.output.split(separator: "\n").filter { $0.contains(": enrolled ") }
        #expect(Set(enrolled).count == enrolled.count, "a photo was enrolled twice")
        let gallery = try Gallery(at: setup.tool.gallery)
        #expect(try gallery.people().map(\.templateCount) == Array(repeating: 20, count: 30))
        #expect(try gallery.events(EventFilter(kinds: [.templateAdded], limit: 10_000)).count == 600)
        _ = try gallery.verifyLog()
        #expect(try setup.galleryIntegrity() == "ok")
    }

    private func expectWhole(reported: Set<String>) throws {
        guard FileManager.default.fileExists(atPath: setup.tool.gallery) else {
            #expect(reported.isEmpty)
            return
        }
        let gallery = try Gallery(at: setup.tool.gallery)
        let people = try gallery.people()
        #expect(people.allSatisfy { $0.templateCount == 1 }, "somebody is half-written")
        #expect(reported.subtracting(people.map(\.name)).isEmpty, "somebody reported is missing")
        for person in people.shuffled().prefix(3) { #expect(try gallery.templates(of: person.name).count == 1) }
        #expect(try setup.galleryIntegrity() == "ok")
    }
}

extension Substring {
    /// Whom a line of `enroll` says to be in the gallery.
    fileprivate var reportedName: [String] {
        contains(": enrolled ") || contains(": already had ") ? [String(prefix { $0 != ":" })] : []
    }
}
