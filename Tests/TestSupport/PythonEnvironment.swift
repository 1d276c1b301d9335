import Foundation
import Testing

/// Pythons with packages that tests need; `make test` makes them, and names each by a variable.
public enum PythonEnvironment: String, Sendable {
    /// With `onnx`.
    case test = "FACEPRINT_TEST_PYTHON"
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
