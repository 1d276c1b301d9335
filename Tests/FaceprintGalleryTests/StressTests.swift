import FaceprintGallery
import Foundation
import TestSupport
import Testing

@testable import GalleryStress

/// Many writers and readers in several processes at once, and `kill -9`.
@Suite(.serialized, .onEveryStore, .namingTheStore) struct StressTests {
    private let folder = try! TemporaryFolder()
    private let place = try! TestPlace()
    private var path: String { place.location }

    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["FACEPRINT_STRESS_SECONDS"].flatMap(Int.init) ?? 5
    private static let kills = environment["FACEPRINT_KILLS"].flatMap(Int.init) ?? 25

    @Test func manyWritersAndReadersLoseAndDuplicateNothing() throws {
        _ = try Gallery(at: path)
        // Through files: a pipe that nobody reads yet would hold its writer up.
        let start = { (role: String, number: Int) in
            try StressProcess(
                path, role, first: 10 * number, count: 10, seconds: Self.seconds,
                output: folder.path("\(role)-\(number)"))
        }
        let writers = try (0..<5).map { try start("writers", $0) }
        let readers = try (0..<5).map { try start("readers", $0) }
        var expected = StressModel()
        for process in writers {
            let report = process.finish()
            #expect(report.status == 0, "\(report.errors)")
            #expect(report.unfinished.isEmpty)
            expected = expected.merging(report.model)
        }
        for process in readers {
            let report = process.finish()
            #expect(report.status == 0, "\(report.errors)")
        }
        let gallery = try Gallery(at: path)
        #expect(try StressModel(gallery, prefix: "") == expected)
        #expect(expected.people.count > 10)
        #expect(try gallery.verifyLog().count > 0)
    }

    @Test func killedAtAnyMomentTheGalleryHoldsWhatWasReported() throws {
        _ = try Gallery(at: path)
        var expected = StressModel()
        var kills = 0
        for run in 0..<Self.kills {
            let process = try StressProcess(path, "writers", first: 0, count: 1, seconds: 60, run: run)
            process.kill(afterLines: Int.random(in: 0...60))
            let report = process.finish(after: expected)
            kills += report.wasKilled ? 1 : 0
            let gallery = try Gallery(at: path)
            let found = try StressModel(gallery, prefix: "")
            // What was under way when the process died is there whole, or not at all.
            let possible = [report.model] + report.unfinished.map { report.model.applying($0) }
            #expect(possible.contains(found))
            _ = try gallery.verifyLog()
            expected = found
        }
        #expect(kills == Self.kills)
    }
}

extension StressModel {
    fileprivate func applying(_ operation: StressOperation) -> StressModel {
        var result = self
        result.apply(operation)
        return result
    }
}

/// A process that uses a gallery from several threads.
final class StressProcess {
    struct Report {
        let status: Int32
        let wasKilled: Bool
        let errors: String
        let model: StressModel
        /// What was begun and not reported as done, of each writer.
        let unfinished: [StressOperation]
    }

    private let process = Process()
    private let errors = Pipe()
    /// Of a process that is watched while it runs.
    private let output = Pipe()
    private lazy var lines = LineReader(output.fileHandleForReading)
    private let file: String?
    private var seen: [Substring] = []

    /// - Parameter file: Where its lines go; nil to watch them.
    init(
        _ location: String, _ role: String, first: Int, count: Int, seconds: Int, run: Int = 0,
        output file: String? = nil
    ) throws {
        self.file = file
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "GalleryStress")
        process.arguments = [location, role] + [first, count, seconds, run].map(String.init)
        if let file {
            try Data().write(to: URL(fileURLWithPath: file))
            process.standardOutput = FileHandle(forWritingAtPath: file)
        } else {
            process.standardOutput = output
        }
        process.standardError = errors
        try process.run()
        try output.fileHandleForWriting.close()
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it by force when it has written that many lines: often past them by a few.
    func kill(afterLines count: Int) {
        while seen.count < count, let line = lines.next() { seen.append(line) }
        Glibc.kill(process.processIdentifier, SIGKILL)
    }

    /// - Parameter start: What its gallery held before.
    func finish(after start: StressModel = StressModel()) -> Report {
        if let file {
            process.waitUntilExit()
            if let handle = FileHandle(forReadingAtPath: file) { lines = LineReader(handle) }
        }
        while let line = lines.next() { seen.append(line) }
        process.waitUntilExit()
        var model = start
        var begun: [Substring: StressOperation] = [:]
        for line in seen {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let operation = StressOperation(parts[2]) else { continue }
            if parts[1] == "?" {
                begun[parts[0]] = operation
            } else {
                model.apply(operation)
                begun[parts[0]] = nil
            }
        }
        let text = try? errors.fileHandleForReading.readToEnd()
        return Report(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            errors: String(decoding: text ?? Data(), as: UTF8.self), model: model, unfinished: Array(begun.values))
    }
}
