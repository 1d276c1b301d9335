import Foundation
import Testing

/// Pythons with packages that tests need; `make test` makes them, and names each by a variable.
public enum PythonEnvironment: String, Sendable {
    /// With `onnx`.
    case test = "FACEPRINT_TEST_PYTHON"
    /// With TensorFlow and Keras.
    case tensorFlow = "FACEPRINT_TENSORFLOW_PYTHON"
    /// With CompreFace's own client.
    case compreFace = "FACEPRINT_COMPREFACE_PYTHON"
    /// With `schemathesis`.
    case schemathesis = "FACEPRINT_SCHEMATHESIS_PYTHON"
    /// With `playwright` and `pillow`.
    case browser = "FACEPRINT_BROWSER_PYTHON"

    /// nil where it isn't here.
    public var executable: URL? {
        ProcessInfo.processInfo.environment[rawValue].map { URL(fileURLWithPath: $0) }
    }

    /// What a script writes to standard output; a script that fails makes the test fail.
    public func run(_ script: String, _ arguments: [String]) throws -> Data {
        try run(["-c", script] + arguments)
    }

    /// What a script of `Tests/Python` writes to standard output.
    public func run(file: String, _ arguments: [String]) throws -> Data {
        try run([SharedData.packageFolder.appending(path: "Tests/Python/\(file)").path] + arguments)
    }

    private func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        let (output, folder) = (Pipe(), try TemporaryFolder())
        let log = folder.path("errors")
        try Data().write(to: URL(fileURLWithPath: log))
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus != 0 {
            Issue.record("Python failed: \(try String(contentsOfFile: log, encoding: .utf8).suffix(2000))")
        }
        return data
    }

    fileprivate var isPresent: Bool {
        if executable == nil { print("skipped: \(rawValue) is not set; `make test` sets it") }
        return executable != nil
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where a Python environment is missing.
    public static func needs(_ python: PythonEnvironment) -> Self {
        .enabled(if: python.isPresent, "\(python.rawValue) is not set")
    }
}
