extension Network {
    /// The network as an ONNX file (operator set 17).
    ///
    /// The input stays `[batch][height][width][channel]`, as in Keras; the first node transposes it. One node
    /// computes one layer and bears its name, but for ``Operation/scaledSum(scale:)`` (two nodes) and a dense
    /// layer with bias (two nodes). The learned numbers, and only they, are initialisers.
    public func onnx() -> [UInt8] {
        var graph = ONNXGraph(name: name)
        for layer in layers {
            graph.append(layer, inputShapes: layer.inputs.map { shapes[$0] ?? [] })
        }
        graph.setOutput(output, shape: outputShape)
        return graph.model()
    }

    private var shapes: [String: [Int]] {
        Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0.outputShape) })
    }
}

extension ONNXGraph {
    /// Adds what computes a layer.
    fileprivate mutating func append(_ layer: Layer, inputShapes: [[Int]]) {
        let name = layer.name
        switch layer.operation {
        case .input:
            setInput(name, shape: layer.outputShape)
            let channelsFirst = name + "/channels_first"
            node("Transpose", channelsFirst, [name], [("perm", .integers([0, 3, 1, 2]))])
            alias(name, as: channelsFirst)
        case .convolution(let convolution):
            let kernel = parameter("kernel", of: layer) { $0.transposedKernel() }
            let bias = convolution.hasBias ? [parameter("bias", of: layer)] : []
            node("Conv", name, layer.inputs + [kernel] + bias, attributes(of: convolution.window, on: inputShapes[0]))
        case .maxPooling(let window):
            node("MaxPool", name, layer.inputs, attributes(of: window, on: inputShapes[0]))
        case .averagePooling(let window):
            node(
                "AveragePool", name, layer.inputs,
                attributes(of: window, on: inputShapes[0]) + [("count_include_pad", .integer(0))])
        case .batchNormalization(let normalization):
            let channels = layer.outputShape.last ?? 0
            let gamma =
                normalization.hasScale
                ? parameter("gamma", of: layer) : constant(name + "/gamma", 1, count: channels)
            let beta =
                normalization.hasCenter
                ? parameter("beta", of: layer) : constant(name + "/beta", 0, count: channels)
            let statistics = [parameter("moving_mean", of: layer), parameter("moving_variance", of: layer)]
            node(
                "BatchNormalization", name, layer.inputs + [gamma, beta] + statistics,
                [("epsilon", .float(normalization.epsilon)), ("momentum", .float(normalization.momentum))])
        case .relu:
            node("Relu", name, layer.inputs)
        case .globalAveragePooling:
            node("GlobalAveragePool", name + "/pooled", layer.inputs)
            node("Flatten", name, [name + "/pooled"], [("axis", .integer(1))])
        case .concatenation:
            node("Concat", name, layer.inputs, [("axis", .integer(1))])
        case .scaledSum(let scale):
            let factor = constant(name + "/scale", scale)
            node("Mul", name + "/scaled", [layer.inputs[1], factor])
            node("Add", name, [layer.inputs[0], name + "/scaled"])
        case .dropout(let rate):
            node("Dropout", name, layer.inputs + [constant(name + "/ratio", rate)])
        case .dense(_, let hasBias):
            let product = hasBias ? name + "/product" : name
            node("MatMul", product, layer.inputs + [parameter("kernel", of: layer)])
            if hasBias { node("Add", name, [product, parameter("bias", of: layer)]) }
        }
    }

    private mutating func parameter(
        _ weight: String, of layer: Layer, _ transform: (Tensor) -> Tensor = { $0 }
    ) -> String {
        let name = "\(layer.name)/\(weight)"
        guard let tensor = layer.parameters[weight] else { preconditionFailure("\(name) is missing") }
        initializer(name, transform(tensor))
        return name
    }

    private func attributes(of window: Window, on shape: [Int]) -> [(String, Attribute)] {
        let pads = window.padding(height: shape[0], width: shape[1])
        return [
            ("kernel_shape", .integers([window.height, window.width])),
            ("strides", .integers([window.strideY, window.strideX])),
            ("pads", .integers([pads.top, pads.left, pads.bottom, pads.right])),
        ]
    }
}

extension Tensor {
    /// From Keras' `[height][width][input][filter]` to ONNX' `[filter][input][height][width]`.
    fileprivate func transposedKernel() -> Tensor {
        let (height, width, inputs, filters) = (shape[0], shape[1], shape[2], shape[3])
        var result = [Float](repeating: 0, count: values.count)
        for place in 0..<(height * width) {
            for input in 0..<inputs {
                let source = (place * inputs + input) * filters
                for filter in 0..<filters {
                    result[(filter * inputs + input) * height * width + place] = values[source + filter]
                }
            }
        }
        return Tensor(shape: [filters, inputs, height, width], values: result)
    }
}
