import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of an enrollment.
@Suite struct InterruptionTests {
    private let setup = try! TinySetup()
    /// Linux's `F_SETPIPE_SZ`, which Swift's module of the C library leaves out.
    private static let setPipeSize: CInt = 1031

    private var words: [String] {
        ["enroll", "--folder", setup.tool.folder.path("people"), "--gallery", setup.tool.gallery, "--model", "tiny"]
    }

    /// A long one, so that few lines are as much as a pipe holds.
    private func person(_ number: Int) -> String { "p\(number)" + String(repeating: "-", count: 80) }

    /// Enrolls, and is killed once it has printed so many lines.
    ///
    /// A pipe of one page, of which at most another has been read, lets it be ahead by a hundred lines at most: with that
    /// many still to be printed it can't have come to its end.
    ///
    /// - Returns: All that it printed before it died.
    private func killedEnrollment(after goal: Int) throws -> [Substring] {
        let output = Pipe()
        #expect(fcntl(output.fileHandleForWriting.fileDescriptor, Self.setPipeSize, 4096) == 4096)
        let process = try setup.tool.start(words, output: output.fileHandleForWriting, errors: .nullDevice)
        try output.fileHandleForWriting.close()
        var lines = LineReader(output.fileHandleForReading)
        var printed: [Substring] = []
        while printed.count < goal, let line = lines.next() { printed.append(line) }
        usleep(UInt32.random(in: 0...3000))
        kill(process.processIdentifier, SIGKILL)
        while let line = lines.next() { printed.append(line) }
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal, "it ended before it was killed")
        return printed
    }

    @Test func whatWasReportedIsKeptAndNobodyIsHalfWritten() throws {
        for number in 0..<300 { _ = try setup.photo(number, name: "people/\(person(number)).png") }
        var reported: Set<String> = []
        for round in 0..<8 {
            let printed = try killedEnrollment(after: 20 * round + .random(in: 0..<20))
            reported.formUnion(printed.compactMap(\.reportedName))
            try expectWhole(reported: reported)
        }
        let last = try setup.tool(words)
        #expect(last.status == 0 && last.output.hasSuffix("\n300 people, 300 photos; 0 refused\n"))
        try expectWhole(reported: Set((0..<300).map(person)))
    }

    /// As often as `FACEPRINT_KILLS` says. Nothing is lost or doubled, whenever it happens.
    @Test func manyPhotosOfEachAreCompletedAfterKills() throws {
        let kills = ProcessInfo.processInfo.environment["FACEPRINT_KILLS"].flatMap(Int.init) ?? 8
        for number in 0..<600 { _ = try setup.photo(number, name: "people/\(person(number / 20))/\(number).png") }
        var enrolled: [Substring] = []
        for round in 1...kills {
            enrolled += try killedEnrollment(after: round * 480 / kills).filter { $0.contains(": enrolled ") }
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
    /// Whom a line of `enroll` says to be in the gallery; nil for a line that says it of nobody.
    fileprivate var reportedName: String? {
        contains(": enrolled ") || contains(": already had ") ? String(prefix { $0 != ":" }) : nil
    }
}
