import CKernels

/// A convolution with all that follows it and is as linear as itself.
struct FoldedConvolution {
    /// What it reads and gives, by name.
    let input: String
    let output: String
    let groups: Int
    /// `[filter][input channel of a group][height][width]`
    private(set) var kernel: Tensor
    /// `[filter]`
    private(set) var bias: [Float]

    /// Input channels of all groups.
    var channels: Int { kernel.shape[1] * groups }

    /// Multiplies each filter's output, then adds to it.
    mutating func append(factors: [Float], summands: [Float]) {
        let size = kernel.values.count / factors.count
        var values = kernel.values
        values.withUnsafeMutableBufferPointer { values in
            for (filter, factor) in factors.enumerated() { fp_scale(values.baseAddress! + filter * size, size, factor) }
        }
        kernel = Tensor(shape: kernel.shape, values: values)
        bias = bias.indices.map { bias[$0] * factors[$0] + summands[$0] }
    }

    /// Multiplies each input channel.
    mutating func prepend(factors: [Float]) {
        let (inputs, places) = (kernel.shape[1], kernel.shape[2] * kernel.shape[3])
        var values = kernel.values
        values.withUnsafeMutableBufferPointer { values in
            for filter in bias.indices {
                let first = filter / (bias.count / groups) * inputs
                for input in 0..<inputs {
                    let start = (filter * inputs + input) * places
                    fp_scale(values.baseAddress! + start, places, factors[first + input])
                }
            }
        }
        kernel = Tensor(shape: kernel.shape, values: values)
    }
}

extension ONNXModel {
    /// Takes batch normalisations and constant factors into the convolutions before them.
    ///
    /// - Returns: All convolutions of constant weights, by the names of their outputs; the graph reads their kernels and
    ///   biases under ``FoldedConvolution/kernelName`` and ``FoldedConvolution/biasName``, which are yet to be added.
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for weights that can't be read.
    mutating func foldConvolutions() throws(ModelError) -> [String: FoldedConvolution] {
        let constants = ConstantReader(self)
        var readers: [String: [Int]] = [:]
        for (place, node) in nodes.enumerated() { for name in node.inputs { readers[name, default: []].append(place) } }
        var folded: [String: FoldedConvolution] = [:]
        var gone: Set<Int> = []
        for place in nodes.indices where nodes[place].isStandard("Conv") && nodes[place].outputs.count == 1 {
            let node = nodes[place]
            guard node.inputs.count >= 2, let kernel = try constants.tensor(node.inputs[1]), kernel.shape.count == 4
            else { continue }
            let bias = node.inputs.count > 2 ? try constants.tensor(node.inputs[2])?.values : nil
            let groups = node.integers["group"] ?? 1
            let isPlain = node.inputs.count == 2 || bias?.count == kernel.shape[0]
            guard isPlain, !kernel.values.isEmpty, groups > 0, kernel.shape[0].isMultiple(of: groups) else { continue }
            var filters = kernel
            var summands = bias ?? [Float](repeating: 0, count: kernel.shape[0])
            var output = node.outputs[0]
            while !outputs.contains(output), let next = readers[output], next.count == 1,
                let step = try linearStep(nodes[next[0]], of: output, filters: kernel.shape[0], constants)
            {
                var convolution = FoldedConvolution(
                    input: "", output: "", groups: 1, kernel: filters, bias: summands)
                convolution.append(factors: step.factors, summands: step.summands)
                (filters, summands) = (convolution.kernel, convolution.bias)
                output = nodes[next[0]].outputs[0]
                gone.insert(next[0])
            }
            let convolution = FoldedConvolution(
                input: node.inputs[0], output: output, groups: groups, kernel: filters,
                bias: summands)
            nodes[place].inputs = [convolution.input, convolution.kernelName, convolution.biasName]
            nodes[place].outputs = [output]
            folded[output] = convolution
        }
        for place in gone.sorted().reversed() { nodes.remove(at: place) }
        return folded
    }

    /// What a node multiplies each filter's output by and adds to it; nil where it does anything else.
    private func linearStep(
        _ node: ONNXNode, of input: String, filters: Int, _ constants: ConstantReader
    ) throws(ModelError) -> (factors: [Float], summands: [Float])? {
        if node.isStandard("BatchNormalization"), node.inputs.count == 5, node.inputs[0] == input {
            var parts: [[Float]] = []
            for name in node.inputs.dropFirst() {
                guard let part = try constants.tensor(name)?.values, part.count == filters else { return nil }
                parts.append(part)
            }
            let epsilon = node.floats["epsilon"] ?? 1e-5
            let factors = (0..<filters).map { parts[0][$0] / (parts[3][$0] + epsilon).squareRoot() }
            return (factors, (0..<filters).map { parts[1][$0] - parts[2][$0] * factors[$0] })
        }
        if node.isStandard("Mul"), node.inputs.count == 2, let other = node.inputs.first(where: { $0 != input }),
            let factor = try constants.tensor(other), factor.values.count == 1, factor.shape.count <= 1
        {
            return (
                [Float](repeating: factor.values[0], count: filters), [Float](repeating: 0, count: filters)
            )
        }
        return nil
    }
}

extension FoldedConvolution {
    var kernelName: String { output + "/folded_kernel" }
    var biasName: String { output + "/folded_bias" }
}
