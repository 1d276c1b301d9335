import Foundation
import TestSupport
import Testing

@testable import FaceprintGallery
@testable import GalleryStress

/// Many writers and readers in several processes at once: `make stress` gives them a minute.
@Suite(.serialized, .onEveryStore, .namingTheStore) struct StressTests {
    private let folder = try! TemporaryFolder()
    private let place = try! TestPlace()

    private static let seconds =
        ProcessInfo.processInfo.environment["FACEPRINT_STRESS_SECONDS"].flatMap(Int.init) ?? 5

    /// A server stops, and is killed, in their midst again and again.
    @Test func manyWritersAndReadersLoseAndDuplicateNothing() throws {
        let server = TestStore.current == .postgres ? try PostgresServer() : nil
        let location = server?.url ?? place.location
        let gallery = try Gallery(at: location, busyTimeout: .seconds(60))
        let start = { (words: [String]) in
            try StressProcess([location] + words, output: folder.path(UUID().uuidString))
        }
        let follower = try start(["follower"])
        let writers = try (0..<5).map { try start(["writers", "\(Self.seconds)", "\(10 * $0)", "10"]) }
        let readers = try (0..<5).map { _ in try start(["readers", "\(Self.seconds)", "10"]) }
        let outages = try server.map { try interrupt($0, whileWriting: gallery, writers) } ?? []

        var expected = StressModel()
        var done: [(operation: StressOperation, time: ClosedRange<Double>)] = []
        for process in writers {
            let report = process.finish()
            #expect(report.status == 0, "\(report.errors)")
            #expect(report.unfinished.isEmpty)
            expected = expected.merging(report.model)
            done += report.done
        }
        try follower.endInput()
        let looks = (readers + [follower]).map { process in
            let report = process.finish()
            #expect(report.status == 0, "\(report.errors)")
            return report.looks
        }
        // On few cores the readers may not have had a turn each.
        #expect(looks.reduce(0, +) > 0)
        let inspection = try gallery.inspect()
        #expect(inspection.defects == [])
        let found = try StressModel(gallery, key: nil, events: inspection.events)
        #expect(found == expected)
        for name in found.people.keys { try checkTemplates(of: name, in: gallery) }
        let interrupted = outages.map { outage in
            done.count { $0.time.lowerBound < outage.lowerBound && $0.time.upperBound > outage.upperBound }
        }
        #expect(interrupted.allSatisfy { $0 > 0 })
        print(
            """
            On \(TestStore.current.rawValue): \(done.count) operations, the longest of \
            \(done.map { $0.time.upperBound - $0.time.lowerBound }.max() ?? 0) s; \(looks.dropLast().reduce(0, +)) looks \
            and \(looks.last ?? 0) searches; operations that waited for the server in each outage: \(interrupted)
            """)
    }

    /// - Returns: When the server was away.
    private func interrupt(
        _ server: PostgresServer, whileWriting gallery: Gallery, _ writers: [StressProcess]
    ) throws -> [ClosedRange<Double>] {
        let (start, count) = (StressLine.now, max(2, Self.seconds / 8))
        var outages: [ClosedRange<Double>] = []
        for number in 0..<count {
            let moment = start + Double(Self.seconds * (number + 1)) / Double(count + 1)
            // Something has been stored since the last time.
            let version = try gallery.peopleVersion()
            while writers.allSatisfy(\.isRunning), try StressLine.now < moment || gallery.peopleVersion() == version {
                usleep(10_000)
            }
            guard writers.allSatisfy(\.isRunning) else { break }
            let beginning = StressLine.now
            try server.command(number % 2 == 0 ? "stop" : "kill")
            try server.command("start")
            outages.append(beginning...StressLine.now)
        }
        #expect(outages.count > 1)
        return outages
    }
}
