import Foundation
import TestSupport
import Testing

/// What a run of a program gave.
struct Run: Sendable {
    /// Below 0 the signal that ended it.
    let status: Int32
    let output: String
    let errors: String
}

/// The command line tool, in a data folder and with a gallery of its own.
final class CommandLineTool: Sendable {
    /// Beside the test runner, where the build puts it.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
        .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "faceprint")

    let folder: TemporaryFolder
    private let environment: [String: String]

    /// - Parameter home: The data folder; nil for an empty one.
    init(home: String? = nil) throws {
        folder = try TemporaryFolder()
        environment = ProcessInfo.processInfo.environment.merging(["FACEPRINT_HOME": home ?? folder.path("home")]) {
            $1
        }
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.executable.path), "there is no \(Self.executable.path)")
    }

    var gallery: String { folder.path("gallery.sqlite") }

    /// - Parameter more: Variables beside those that every command has.
    func start(
        _ arguments: [String], environment more: [String: String] = [:], output: FileHandle, errors: FileHandle
    ) throws -> Process {
        try Self.start(
            Self.executable, arguments, environment.merging(more) { $1 }, output: output, errors: errors)
    }

    /// Runs a command to its end.
    func callAsFunction(_ arguments: String...) throws -> Run { try self(arguments) }

    /// Runs a command to its end.
    func callAsFunction(_ arguments: [String]) throws -> Run { try run(Self.executable, arguments) }

    /// Runs any program to its end, in the same environment. What it prints goes through files, so that no pipe can
    /// fill up.
    func run(_ program: URL, _ arguments: [String]) throws -> Run {
        let id = UUID().uuidString
        let paths = [folder.path("\(id).out"), folder.path("\(id).err")]
        let files = try paths.map { path in
            try Data().write(to: URL(fileURLWithPath: path))
            return try #require(FileHandle(forWritingAtPath: path))
        }
        let process = try Self.start(program, arguments, environment, output: files[0], errors: files[1])
        process.waitUntilExit()
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Run(status: status, output: texts[0], errors: texts[1])
    }

    private static func start(
        _ program: URL, _ arguments: [String], _ environment: [String: String], output: FileHandle,
        errors: FileHandle
    ) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return process
    }
}
