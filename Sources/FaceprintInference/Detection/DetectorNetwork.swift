import Faceprint

/// One network of a face detector, with its outputs found by name.
struct DetectorNetwork: Sendable {
    /// For messages: “YuNet”, “P-Net”.
    let name: String
    private let session: Session

    /// - Parameters:
    ///   - inputShape: nil for a side that each run chooses.
    ///   - outputs: The names of the outputs, in the order in which ``run(shape:fill:read:)`` hands them over.
    init(
        name: String, path: String, inputShape: [Int?], outputs: [String], options: EncoderOptions
    ) throws(DetectionError) {
        self.name = name
        do {
            session = try Session(
                path: path, inputShape: inputShape, outputs: outputs, device: options.device,
                properties: options.properties(precision: try options.chosenPrecision()))
        } catch {
            throw .cannotLoad(network: name, path: path, reason: error.reason)
        }
    }

    /// The number of runs that make good use of the device when they are in flight together.
    var concurrentRuns: Int { session.concurrentRuns }

    /// - Parameters:
    ///   - shape: Of the input.
    ///   - fill: Writes the input.
    ///   - read: Gets the outputs in the order of the names given at the start; they are gone when it returns.
    func run<T>(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) -> Void, read: ([UnsafeBufferPointer<Float>]) -> T
    ) throws(DetectionError) -> T {
        do {
            return try session.run(shape: shape, fill: fill, read: read)
        } catch {
            throw .runFailed(network: name, reason: error.reason)
        }
    }

    /// For outputs whose size doesn't follow from that of the input.
    var unexpectedOutput: DetectionError {
        .runFailed(network: name, reason: "its outputs don't have the size of its input")
    }
}
