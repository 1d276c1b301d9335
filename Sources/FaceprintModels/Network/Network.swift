/// A neural network as a plain value: layers in an order in which they can be computed.
///
/// The importer builds it, the ONNX writer and the trainer walk it. Activations are
/// `[batch][height][width][channel]` or `[batch][channel]`; shapes here leave the batch out.
public struct Network: Hashable, Sendable {
    public var name: String
    /// Each layer's inputs come before it. The first is the input layer.
    public var layers: [Layer]
    /// The name of the layer whose output is the network's.
    public var output: String

    public init(name: String, layers: [Layer], output: String) {
        self.name = name
        self.layers = layers
        self.output = output
    }

    /// `[height][width][channel]` of a photo.
    public var inputShape: [Int] { layers.first?.outputShape ?? [] }

    /// The shape of the embedding, `[n]`.
    public var outputShape: [Int] { layers.first { $0.name == output }?.outputShape ?? [] }

    /// The number of learned numbers, the running statistics of batch normalisation among them.
    public var parameterCount: Int {
        layers.reduce(0) { $0 + $1.parameters.values.reduce(0) { $0 + $1.values.count } }
    }
}

/// One step of a ``Network``.
public struct Layer: Hashable, Sendable {
    /// Unique in the network; the checkpoint's name for it.
    public var name: String
    public var operation: Operation
    /// The names of the layers that feed it, in order.
    public var inputs: [String]
    /// Without the batch.
    public var outputShape: [Int]
    /// By the checkpoint's names: `kernel`, `bias`, `gamma`, `beta`, `moving_mean`, `moving_variance`.
    public var parameters: [String: Tensor]

    public init(
        name: String, operation: Operation, inputs: [String], outputShape: [Int], parameters: [String: Tensor] = [:]
    ) {
        self.name = name
        self.operation = operation
        self.inputs = inputs
        self.outputShape = outputShape
        self.parameters = parameters
    }
}
