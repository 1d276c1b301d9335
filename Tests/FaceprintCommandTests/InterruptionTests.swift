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
