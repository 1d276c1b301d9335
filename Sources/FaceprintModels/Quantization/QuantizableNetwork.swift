import Foundation

/// A network in ONNX form on its way to int8: first it is measured, then written.
///
/// ```swift
/// let network = try QuantizableNetwork(file, path: path)
/// // Runs network.measured on faces, and looks at the outputs that network.activations names.
/// let even = network.equalized(statistics)
/// // Again, with even.measured.
/// let int8 = even.quantized(statistics)
/// ```
package struct QuantizableNetwork: Sendable {
    private let model: ONNXModel
    private let plan: QuantizationPlan
    /// All of them, by the names of their outputs.
    private var convolutions: [String: FoldedConvolution]

    /// - Throws: ``ModelError/cannotQuantize(path:reason:)``, or what is wrong with the file.
    package init(_ bytes: [UInt8], path: String) throws(ModelError) {
        var model = try ONNXModel(bytes, path: path)
        guard model.operatorSet >= Self.firstOperatorSet else {
            throw .cannotQuantize(
                path: path,
                reason: "its operator set is \(model.operatorSet); scales for each filter exist from "
                    + "\(Self.firstOperatorSet) on")
        }
        guard !model.nodes.contains(where: { $0.isStandard("QuantizeLinear") }) else {
            throw .cannotQuantize(path: path, reason: "it is quantised already")
        }
        convolutions = try model.foldConvolutions()
        plan = QuantizationPlan(model, convolutions)
        guard !plan.convolutions.isEmpty else {
            throw .cannotQuantize(path: path, reason: "it has no convolution that would gain by it")
        }
        self.model = model
    }

    /// From 13 on a tensor may have a scale for each place on an axis.
    private static let firstOperatorSet = 13

    /// The tensors to be measured.
    package var activations: [String] { plan.activations }

    /// How many convolutions become int8.
    package var convolutionCount: Int { plan.convolutions.count }

    /// How many input channels the convolutions see that read a tensor; nil for a tensor that none reads.
    package func channels(of activation: String) -> Int? {
        plan.convolutions.lazy.compactMap { convolutions[$0] }.first { $0.input == activation }?.channels
    }

    /// The network in floats, which gives out the tensors to be measured after its own output.
    package var measured: [UInt8] {
        var result = model
        for convolution in convolutions.values.sorted(by: { $0.output < $1.output }) {
            result.appendFloats(of: convolution)
        }
        result.removeUnread(but: activations)
        return result.written(givingAlso: activations)
    }

    /// The same network with the channels of its tensors brought nearer to one size, so that one scale suits them all.
    ///
    /// A convolution's output channel is divided by a factor and the next one's input channel multiplied by it, which
    /// changes nothing where a ReLU or PReLU lies between: M. Nagel et al., *Data-free quantization through weight
    /// equalization and bias correction*, 2019, section 4.1, with the sizes measured. A depthwise convolution, whose
    /// filters have a scale for each channel, takes the whole difference; others share it with their weights.
    ///
    /// - Parameter statistics: Of the first look at each of ``activations``.
    package func equalized(_ statistics: [String: ActivationStatistics]) -> QuantizableNetwork {
        var result = self
        for (tensor, (maker, reader)) in plan.equalizable.sorted(by: { $0.key < $1.key }) {
            guard let sizes = statistics[tensor]?.largestOfChannels, let largest = sizes.max(), largest > 0,
                largest.isFinite, let after = convolutions[reader], after.channels == sizes.count,
                convolutions[maker]?.bias.count == sizes.count
            else { continue }
            let power: Float = after.groups == after.channels ? 1 : 0.5
            let factors = sizes.map { pow(max($0 / largest, Self.leastShare), power) }
            result.convolutions[maker]!.append(
                factors: factors.map { 1 / $0 }, summands: [Float](repeating: 0, count: sizes.count))
            result.convolutions[reader]!.prepend(factors: factors)
        }
        return result
    }

    /// Of a channel's size in the largest one's, below which it is not raised further.
    private static let leastShare: Float = 1e-3

    /// The network in int8: a standard ONNX file with QuantizeLinear and DequantizeLinear around each convolution.
    ///
    /// - Parameter statistics: Of each of ``activations``.
    package func quantized(_ statistics: [String: ActivationStatistics]) -> [UInt8] {
        var result = model
        let scales = plan.scales(statistics)
        result.nodes = []
        for input in model.inputs { result.appendRounding(of: input, scales) }
        for node in model.nodes {
            var node = node
            if let convolution = node.outputs.first.flatMap({ convolutions[$0] }) {
                if plan.convolutions.contains(convolution.output), let inputScale = scales[convolution.input] {
                    let means = statistics[convolution.input]?.means ?? []
                    node.inputs = result.appendBytes(of: convolution, inputScale: inputScale, means: means)
                } else {
                    result.appendFloats(of: convolution)
                }
            }
            node.inputs = node.inputs.map { scales[$0] == nil ? $0 : Self.dequantized($0) }
            result.nodes.append(node)
            for output in node.outputs { result.appendRounding(of: output, scales) }
        }
        result.removeUnread()
        return result.written()
    }

    fileprivate static func dequantized(_ name: String) -> String { name + "/dequantized" }
}

extension ONNXModel {
    /// Rounds a tensor to bytes and back, where it has a scale.
    fileprivate mutating func appendRounding(of name: String, _ scales: [String: ActivationScale]) {
        guard let scale = scales[name] else { return }
        let names = (scale: name + "/scale", zero: name + "/zero", bytes: name + "/quantized")
        add(names.scale) { ONNXGraph.write(Tensor(shape: [], values: [scale.scale]), into: &$0) }
        add(names.zero) { ONNXGraph.write(.uint8, shape: [], bytes: [scale.zero], into: &$0) }
        nodes.append(ONNXNode("QuantizeLinear", names.bytes, inputs: [name, names.scale, names.zero]))
        nodes.append(
            ONNXNode(
                "DequantizeLinear", QuantizableNetwork.dequantized(name),
                inputs: [names.bytes, names.scale, names.zero]))
    }

    /// Adds a convolution's weights and bias as they are.
    fileprivate mutating func appendFloats(of convolution: FoldedConvolution) {
        add(convolution.kernelName) { ONNXGraph.write(convolution.kernel, into: &$0) }
        add(convolution.biasName) {
            ONNXGraph.write(Tensor(shape: [convolution.bias.count], values: convolution.bias), into: &$0)
        }
    }

    /// Adds a convolution's weights in int8 and its bias in int32, each with what makes floats of them.
    ///
    /// - Returns: The convolution's inputs.
    fileprivate mutating func appendBytes(
        of convolution: FoldedConvolution, inputScale: ActivationScale, means: [Double]
    ) -> [String] {
        let filters = QuantizedFilters(convolution.kernel)
        let bias = convolution.bias(correcting: filters, means: means)
        let products = filters.scales.map { $0 * inputScale.scale }
        let wholes = zip(bias, products).map { bias, scale in
            let whole = (Double(bias) / Double(scale)).rounded()
            return whole.isFinite ? Int32(max(min(whole, 0x1p31 - 1), -0x1p31)) : 0
        }
        let kernel = appendConstant(
            convolution.output + "/kernel", .int8, shape: convolution.kernel.shape,
            bytes: filters.numbers.map(UInt8.init(bitPattern:)), scales: filters.scales)
        let whole = appendConstant(
            convolution.output + "/bias", .int32, shape: [wholes.count],
            bytes: wholes.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } },
            scales: products)
        return [convolution.input, kernel, whole]
    }

    /// Whole numbers with a scale for each place on the first axis.
    ///
    /// - Returns: The name of the floats.
    private mutating func appendConstant(
        _ name: String, _ type: ONNXElement, shape: [Int], bytes: [UInt8], scales: [Float]
    ) -> String {
        add(name + "/quantized") { ONNXGraph.write(type, shape: shape, bytes: bytes, into: &$0) }
        add(name + "/scale") { ONNXGraph.write(Tensor(shape: [scales.count], values: scales), into: &$0) }
        let floats = name + "/dequantized"
        nodes.append(ONNXNode("DequantizeLinear", floats, inputs: [name + "/quantized", name + "/scale"], axis: 0))
        return floats
    }
}
