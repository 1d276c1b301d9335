/// What can go wrong when a network is run.
public enum InferenceError: Error, Equatable {
    /// OpenVINO knows no such device on this machine.
    case noSuchDevice(name: String, available: [String])
    /// The processor has no bf16 arithmetic.
    case noBF16(device: String)
    /// OpenVINO refuses the model.
    case cannotCompile(model: String, reason: String)
    /// A run failed.
    case runFailed(model: String, reason: String)
    /// The profile cuts photos to a face, and none was given.
    case noFaceGiven(profile: String)
    /// The model's output isn't what its manifest says.
    case unexpectedOutput(model: String, expected: Int, found: Int)
}

extension InferenceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSuchDevice(let name, let available):
            "there is no device “\(name)” here; OpenVINO sees \(available.joined(separator: ", "))"
        case .noBF16(let device):
            "\(device) has no bf16 arithmetic; use --precision f32 or leave the choice to faceprint"
        case .cannotCompile(let model, let reason):
            "OpenVINO can't run “\(model)”: \(reason); fetch or import the model again"
        case .runFailed(let model, let reason):
            "running “\(model)” failed: \(reason)"
        case .noFaceGiven(let profile):
            "the profile “\(profile)” needs to know where the face is; detect it first, or use a profile for whole photos"
        case .unexpectedOutput(let model, let expected, let found):
            "“\(model)” gave \(found) numbers a photo, its manifest says \(expected); import it again"
        }
    }
}
