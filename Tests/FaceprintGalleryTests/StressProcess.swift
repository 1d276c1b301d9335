import Foundation
import TestSupport

@testable import GalleryStress

/// A process that uses a gallery: see `GalleryStress`.
final class StressProcess {
    struct Report {
        let status: Int32
        let wasKilled: Bool
        let errors: String
        let model: StressModel
        /// What was reported as done, and when it was begun.
        let done: [(operation: StressOperation, time: ClosedRange<Double>)]
        /// What was begun and not reported as done, of each writer.
        let unfinished: [StressOperation]
        /// How often a reader looked.
        let looks: Int
    }

    private let process = Process()
    private let input = Pipe()
    private let errors = Pipe()
    /// Of a process that is watched while it runs.
    private let output = Pipe()
    private lazy var lines = LineReader(output.fileHandleForReading)
    private let file: String?
    private var seen: [Substring] = []

    /// - Parameters:
    ///   - words: Its arguments.
    ///   - file: Where its lines go, as a pipe that nobody reads yet would hold it up; nil to watch them.
    init(_ words: [String], output file: String? = nil) throws {
        self.file = file
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "GalleryStress")
        process.arguments = words
        if let file {
            try Data().write(to: URL(fileURLWithPath: file))
            process.standardOutput = FileHandle(forWritingAtPath: file)
        } else {
            process.standardOutput = output
        }
        process.standardInput = input
        process.standardError = errors
        try process.run()
        try output.fileHandleForWriting.close()
        try input.fileHandleForReading.close()
    }

    var isRunning: Bool { process.isRunning }

    func endInput() throws { try input.fileHandleForWriting.close() }

    /// Waits until it has begun an operation of some kind.
    ///
    /// - Parameter count: How many lines it has to have written before.
    func wait(for kind: String, after count: Int) {
        while let line = lines.next() {
            seen.append(line)
            guard seen.count > count, let line = StressLine(line) else { continue }
            if !line.isDone, line.operation.kind == kind { return }
        }
    }

    func kill() { Glibc.kill(process.processIdentifier, SIGKILL) }

    /// - Parameter start: What its gallery held before.
    func finish(after start: StressModel = StressModel()) -> Report {
        if let file {
            process.waitUntilExit()
            if let handle = FileHandle(forReadingAtPath: file) { lines = LineReader(handle) }
        }
        while let line = lines.next() { seen.append(line) }
        process.waitUntilExit()
        var model = start
        var begun: [Substring: StressLine] = [:]
        var done: [(StressOperation, ClosedRange<Double>)] = []
        for line in seen.compactMap({ StressLine($0) }) {
            if !line.isDone {
                begun[line.writer] = line
            } else if let start = begun.removeValue(forKey: line.writer) {
                model.apply(line.operation)
                done.append((line.operation, start.time...line.time))
            }
        }
        let text = try? errors.fileHandleForReading.readToEnd()
        return Report(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            errors: String(decoding: text ?? Data(), as: UTF8.self), model: model, done: done,
            unfinished: begun.values.map(\.operation), looks: seen.last.flatMap { Int($0) } ?? 0)
    }
}
