import Foundation
import TestSupport
import Testing

/// What a run of the command line tool gave.
struct Run {
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

    func start(_ arguments: [String], output: FileHandle, errors: FileHandle) throws -> Process {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return process
    }

    /// Runs a command to its end.
    func callAsFunction(_ arguments: String...) throws -> Run { try self(arguments) }

    /// Runs a command to its end. What it prints goes through files, so that no pipe can fill up.
    func callAsFunction(_ arguments: [String]) throws -> Run {
        let id = UUID().uuidString
        let paths = [folder.path("\(id).out"), folder.path("\(id).err")]
        let files = try paths.map { path in
            try Data().write(to: URL(fileURLWithPath: path))
            return try #require(FileHandle(forWritingAtPath: path))
        }
        let process = try start(arguments, output: files[0], errors: files[1])
        process.waitUntilExit()
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Run(status: status, output: texts[0], errors: texts[1])
    }
}
