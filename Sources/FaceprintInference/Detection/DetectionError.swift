/// What can go wrong when faces are looked for.
public enum DetectionError: Error, Equatable {
    /// OpenVINO can't run the file of a network, or the file holds another network.
    case cannotLoad(network: String, path: String, reason: String)
    /// A run failed.
    case runFailed(network: String, reason: String)
}

extension DetectionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotLoad(let network, let path, let reason):
            "“\(path)” can't be used as \(network): \(reason); fetch the detectors again"
        case .runFailed(let network, let reason):
            "running “\(network)” failed: \(reason)"
        }
    }
}
