/// How an ``Encoder`` uses the machine.
public struct EncoderOptions: Hashable, Sendable {
    /// The arithmetic of the network.
    public enum Precision: String, Hashable, Sendable, CaseIterable {
        /// bf16 where the processor has it, else f32.
        case automatic
        /// 32-bit floats: the reference.
        case f32
        /// 16-bit brain floats: about twice as fast; distances move by up to 0.02.
        case bf16
    }

    /// What the machine's cores work on together.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// One run at a time, on all cores: the shortest wait for a single photo.
        case latency
        /// Several runs at once, a few cores each: the most photos a second.
        case throughput
    }

    /// OpenVINO's name of the device: `CPU`, `GPU`, `AUTO`, …
    public var device: String
    public var precision: Precision
    public var mode: Mode
    /// Where compiled models are kept to start faster the next time; nil for nowhere.
    public var cacheFolder: String?
    /// The most photos of one run.
    public var batchSize: Int

    public init(
        device: String = "CPU", precision: Precision = .automatic, mode: Mode = .latency,
        cacheFolder: String? = nil, batchSize: Int = 16
    ) {
        self.device = device
        self.precision = precision
        self.mode = mode
        self.cacheFolder = cacheFolder
        self.batchSize = batchSize
    }
}
