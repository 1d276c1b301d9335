import Foundation
import TestSupport
import Testing

@testable import FaceprintGallery
@testable import GalleryStress

/// `kill -9` at random moments of all that changes a gallery: `make stress` does it 500 times.
@Suite(.onEveryStore, .namingTheStore) struct KillTests {
    private let folder = try! TemporaryFolder()
    private let place = try! TestPlace()
    private var files: StressFiles { StressFiles(folder.url) }

    private static let kills = ProcessInfo.processInfo.environment["FACEPRINT_KILLS"].flatMap(Int.init) ?? 25
    /// While the gallery is opened.
    private static let opening = "opening"

    @Test func theGalleryHoldsWhatWasReported() throws {
        try files.make()
        let gallery = try Gallery(at: place.location)
        // So that the log is pruned now and then.
        try gallery.setRetention(Retention(events: 1))
        var expected = try StressModel(gallery, key: nil, events: 1)
        /// How long each kind of operation took so far, in seconds.
        var durations: [String: [Double]] = [:]
        var kills: [String: Int] = [:]
        var operations = 0
        let kinds = [Self.opening] + StressOperation.kinds
        for run in 1...Self.kills {
            let kind = kinds[run % kinds.count]
            let start = StressLine.now
            let process = try StressProcess(
                [place.location, "writer", "\(run)", folder.url.path] + (expected.key.map { [$0] } ?? []))
            if kind != Self.opening { process.wait(for: kind, after: .random(in: 0...40)) }
            // From its beginning to a little after its end.
            let known = durations[kind] ?? [0.05]
            usleep(UInt32(Double.random(in: 0...1.1) * known.reduce(0, +) / Double(known.count) * 1e6))
            process.kill()
            let report = process.finish(after: expected)
            #expect(report.wasKilled, "\(report.errors)")
            // A server may still be storing what it was told last.
            try withWriter(at: place.location) {}

            // What was under way is there whole, or not at all, or by whole transactions.
            let possible = [report.model] + report.unfinished.flatMap { report.model.stages(of: $0) }
            let found = try #require(try contents(Set(possible.map(\.key))))
            try #require(possible.contains(found), "after \(report.unfinished) of run \(run)")
            expected = found

            operations += report.done.count
            kills[report.unfinished.first?.kind ?? (report.done.isEmpty ? Self.opening : "none"), default: 0] += 1
            if let first = report.done.first {
                durations[Self.opening, default: []].append(first.time.lowerBound - start)
            }
            for (operation, time) in report.done {
                durations[operation.kind, default: []].append(time.upperBound - time.lowerBound)
            }
        }
        print(
            """
            On \(TestStore.current.rawValue): \(operations) operations done, and killed \(Self.kills) times: \
            \(kills.sorted { $0.key < $1.key }.map { "\($0.value) in \($0.key)" }.joined(separator: ", "))
            """)
    }

    /// What the gallery holds, opened by the one of some keys that opens it, with each row checked; nil is no key.
    private func contents(_ keys: Set<String?>) throws -> StressModel? {
        var found: [StressModel] = []
        for key in keys {
            do {
                let gallery = try Gallery(
                    at: place.location, access: .readOnly, busyTimeout: .seconds(60), sealKey: key.map(files.key))
                let inspection = try gallery.inspect()
                #expect(inspection.defects == [])
                let model = try StressModel(
                    gallery, key: key, events: inspection.logStart - 1 + inspection.events)
                for name in model.people.keys { try checkTemplates(of: name, in: gallery) }
                found.append(model)
            } catch GalleryError.sealed, GalleryError.notSealed, GalleryError.wrongSealKey {
                // Not by this one.
            }
        }
        #expect(found.count == 1, "\(found.count) of the keys open it")
        return found.first
    }
}
