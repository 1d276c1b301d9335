import Foundation

/// Runs another program.
enum Tool {
    /// - Throws: ``ModelError/fetchFailed(step:reason:)`` with what the program said, when it isn't there or fails.
    static func run(
        _ tool: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws(ModelError) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try fetchStep(tool) { try process.run() }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return
        case 127: throw .fetchFailed(step: tool, reason: "“\(tool)” is not installed; install it, or run `make setup`")
        default:
            // pip ends with hints; what went wrong stands in the last line that says so.
            let lines = text.split(separator: "\n")
            let reason = lines.last { $0.localizedCaseInsensitiveContains("error") } ?? lines.last
            throw .fetchFailed(step: tool, reason: reason.map(String.init) ?? "exit \(process.terminationStatus)")
        }
    }
}
