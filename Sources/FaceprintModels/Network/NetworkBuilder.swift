import Faceprint
import Foundation

/// Writes a new network layer by layer, with initial weights that follow from a seed.
///
/// ```swift
/// var builder = NetworkBuilder(name: "tiny", input: [112, 112, 3], seed: 1)
/// var x = try builder.unit(builder.input, filters: 32, size: 3, stride: 2)
/// x = try builder.residual(x) { b, x in try b.convolution(try b.unit(x, filters: 32, size: 3), filters: 32, size: 3) }
/// x = try builder.dense(try builder.globalAveragePooling(x), units: 128)
/// let network = try builder.network(output: x)
/// ```
///
/// Kernels before a ReLU are drawn as He et al. do (*Delving deep into rectifiers*, 2015, equation 10), those of dense
/// layers as Glorot and Bengio do (*Understanding the difficulty of training deep feedforward neural networks*, 2010,
/// equation 16).
public struct NetworkBuilder: Sendable {
    /// A layer that was added: what the next ones take.
    public struct Node: Hashable, Sendable {
        let name: String
        public let shape: [Int]
    }

    /// Of the running statistics of batch normalisation.
    public var momentum: Float
    public let input: Node
    private let name: String
    private var layers: [Layer]
    private var random: SplitMix
    private var counts: [String: Int] = [:]

    /// - Parameter input: `[height][width][channel]`.
    public init(name: String, input: [Int], momentum: Float = 0.9, seed: UInt64) {
        self.name = name
        self.momentum = momentum
        random = SplitMix(seed: seed)
        self.input = Node(name: "input", shape: input)
        layers = [Layer(name: "input", operation: .input, inputs: [], outputShape: input)]
    }

    /// The network of all layers that were added. It is mutating as they are, so that the output may be added in the
    /// same expression.
    ///
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` unless the input is a picture, the output a vector, and
    ///   each layer leads to it.
    public mutating func network(output: Node) throws(ModelError) -> Network {
        guard input.shape.count == 3, input.shape.allSatisfy({ $0 > 0 }) else {
            throw .unsupportedLayer(name: input.name, reason: "it is [height][width][channel], not \(input.shape)")
        }
        guard output.shape.count == 1 else {
            throw .unsupportedLayer(name: output.name, reason: "a network's output is a vector, not \(output.shape)")
        }
        let taken = Set(layers.flatMap(\.inputs))
        for layer in layers where layer.name != output.name && !taken.contains(layer.name) {
            throw .unsupportedLayer(name: layer.name, reason: "it doesn't lead to the output")
        }
        return Network(name: name, layers: layers, output: output.name)
    }

    /// A convolution with a window of that height and width; with bias only where it says so.
    public mutating func convolution(
        _ x: Node, filters: Int, window: Window, hasBias: Bool = false
    ) throws(ModelError) -> Node {
        try add("conv", .convolution(Convolution(filters: filters, window: window, hasBias: hasBias)), [x])
    }

    /// A convolution with a square window and `same` padding.
    public mutating func convolution(
        _ x: Node, filters: Int, size: Int, stride: Int = 1, hasBias: Bool = false
    ) throws(ModelError) -> Node {
        let window = Window(height: size, width: size, strideY: stride, strideX: stride, padding: .same)
        return try convolution(x, filters: filters, window: window, hasBias: hasBias)
    }

    public mutating func batchNormalization(_ x: Node, hasScale: Bool = true) throws(ModelError) -> Node {
        let normalization = BatchNormalization(epsilon: 1e-3, momentum: momentum, hasScale: hasScale, hasCenter: true)
        return try add("bn", .batchNormalization(normalization), [x])
    }

    public mutating func relu(_ x: Node) throws(ModelError) -> Node { try add("relu", .relu, [x]) }

    /// A convolution without bias, batch normalisation and ReLU.
    public mutating func unit(_ x: Node, filters: Int, window: Window) throws(ModelError) -> Node {
        try relu(try batchNormalization(try convolution(x, filters: filters, window: window)))
    }

    /// A convolution without bias and with `same` padding, batch normalisation and ReLU.
    public mutating func unit(_ x: Node, filters: Int, size: Int, stride: Int = 1) throws(ModelError) -> Node {
        let window = Window(height: size, width: size, strideY: stride, strideX: stride, padding: .same)
        return try unit(x, filters: filters, window: window)
    }

    public mutating func maxPooling(
        _ x: Node, size: Int, stride: Int, padding: Window.Padding = .same
    ) throws(ModelError) -> Node {
        let window = Window(height: size, width: size, strideY: stride, strideX: stride, padding: padding)
        return try add("max_pool", .maxPooling(window), [x])
    }

    public mutating func averagePooling(
        _ x: Node, size: Int, stride: Int, padding: Window.Padding = .same
    ) throws(ModelError) -> Node {
        let window = Window(height: size, width: size, strideY: stride, strideX: stride, padding: padding)
        return try add("average_pool", .averagePooling(window), [x])
    }

    public mutating func globalAveragePooling(_ x: Node) throws(ModelError) -> Node {
        try add("global_pool", .globalAveragePooling, [x])
    }

    public mutating func concatenation(_ inputs: [Node]) throws(ModelError) -> Node {
        try add("concat", .concatenation, inputs)
    }

    /// `trunk + scale · branch`.
    public mutating func scaledSum(_ trunk: Node, _ branch: Node, scale: Float = 1) throws(ModelError) -> Node {
        try add("sum", .scaledSum(scale: scale), [trunk, branch])
    }

    /// `relu(x + scale · branch(x))`.
    public mutating func residual(
        _ x: Node, scale: Float = 1, branch: (inout NetworkBuilder, Node) throws(ModelError) -> Node
    ) throws(ModelError) -> Node {
        let result = try branch(&self, x)
        return try relu(try scaledSum(x, result, scale: scale))
    }

    public mutating func dropout(_ x: Node, rate: Float) throws(ModelError) -> Node {
        try add("dropout", .dropout(rate: rate), [x])
    }

    public mutating func dense(_ x: Node, units: Int, hasBias: Bool = false) throws(ModelError) -> Node {
        try add("dense", .dense(units: units, hasBias: hasBias), [x])
    }

    private mutating func add(_ kind: String, _ operation: Operation, _ inputs: [Node]) throws(ModelError) -> Node {
        counts[kind, default: 0] += 1
        let name = "\(kind)_\(counts[kind] ?? 0)"
        let shapes = inputs.map(\.shape)
        let shape: [Int]
        do throws(Operation.Misfit) {
            shape = try operation.outputShape(for: shapes)
        } catch {
            throw .unsupportedLayer(name: name, reason: error.reason)
        }
        var parameters: [String: Tensor] = [:]
        for (weight, shape) in operation.parameterShapes(for: shapes) {
            parameters[weight] = initial(weight, shape)
        }
        layers.append(
            Layer(
                name: name, operation: operation, inputs: inputs.map(\.name), outputShape: shape,
                parameters: parameters))
        return Node(name: name, shape: shape)
    }

    private mutating func initial(_ weight: String, _ shape: [Int]) -> Tensor {
        let count = shape.reduce(1, *)
        let values: [Float] =
            switch (weight, shape.count) {
            case ("kernel", 4):
                normal(count, deviation: (2 / Double(count / shape[3])).squareRoot())
            case ("kernel", _):
                uniform(count, range: (6 / Double(shape[0] + shape[1])).squareRoot())
            case ("gamma", _), ("moving_variance", _): [Float](repeating: 1, count: count)
            default: [Float](repeating: 0, count: count)
            }
        return Tensor(shape: shape, values: values)
    }

    /// In 0..<1.
    private mutating func share() -> Double { Double(random.next() >> 11) * 0x1p-53 }

    private mutating func uniform(_ count: Int, range: Double) -> [Float] {
        (0..<count).map { _ in Float(range * (2 * share() - 1)) }
    }

    /// By Box and Muller's transform.
    private mutating func normal(_ count: Int, deviation: Double) -> [Float] {
        (0..<count).map { _ in
            let radius = (-2 * log(1 - share())).squareRoot()
            return Float(deviation * radius * cos(2 * .pi * share()))
        }
    }
}
