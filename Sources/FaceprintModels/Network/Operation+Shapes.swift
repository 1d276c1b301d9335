extension Operation {
    /// Why inputs don't fit an operation.
    struct Misfit: Error {
        var reason: String
    }

    /// The shape of the output, without the batch, for inputs of these shapes.
    func outputShape(for inputs: [[Int]]) throws(Misfit) -> [Int] {
        switch self {
        case .input:
            throw Misfit(reason: "an input layer takes no input")
        case .convolution(let convolution):
            let (height, width) = try size(of: convolution.window, on: try image(inputs))
            guard convolution.filters > 0 else { throw Misfit(reason: "it has \(convolution.filters) filters") }
            return [height, width, convolution.filters]
        case .maxPooling(let window), .averagePooling(let window):
            let shape = try image(inputs)
            let (height, width) = try size(of: window, on: shape)
            return [height, width, shape[2]]
        case .batchNormalization, .relu:
            return try single(inputs)
        case .dropout(let rate):
            guard (0..<1).contains(rate) else { throw Misfit(reason: "it drops a share of \(rate)") }
            return try single(inputs)
        case .globalAveragePooling:
            return [try image(inputs)[2]]
        case .concatenation:
            guard let first = inputs.first, let channels = first.indices.last,
                inputs.allSatisfy({ $0.dropLast() == first.dropLast() })
            else { throw Misfit(reason: "it joins inputs of shapes \(inputs)") }
            return first.dropLast() + [inputs.reduce(0) { $0 + $1[channels] }]
        case .scaledSum:
            guard inputs.count == 2, inputs[0] == inputs[1] else {
                throw Misfit(reason: "it adds inputs of shapes \(inputs)")
            }
            return inputs[0]
        case .dense(let units, _):
            let shape = try single(inputs)
            guard shape.count == 1 else { throw Misfit(reason: "it takes a vector, not \(shape)") }
            guard units > 0 else { throw Misfit(reason: "it has \(units) units") }
            return [units]
        }
    }

    /// The name and shape of each parameter, for inputs that ``outputShape(for:)`` accepts.
    func parameterShapes(for inputs: [[Int]]) -> [(name: String, shape: [Int])] {
        let channels = inputs.first?.last ?? 0
        switch self {
        case .convolution(let convolution):
            let window = convolution.window
            let kernel = ("kernel", [window.height, window.width, channels, convolution.filters])
            return convolution.hasBias ? [kernel, ("bias", [convolution.filters])] : [kernel]
        case .batchNormalization(let normalization):
            return (normalization.hasScale ? [("gamma", [channels])] : [])
                + (normalization.hasCenter ? [("beta", [channels])] : [])
                + [("moving_mean", [channels]), ("moving_variance", [channels])]
        case .dense(let units, let hasBias):
            return [("kernel", [channels, units])] + (hasBias ? [("bias", [units])] : [])
        case .input, .relu, .maxPooling, .averagePooling, .globalAveragePooling, .concatenation, .scaledSum, .dropout:
            return []
        }
    }

    /// The names of the parameters, in Keras' order.
    var parameterNames: [String] { parameterShapes(for: []).map(\.name) }

    private func single(_ inputs: [[Int]]) throws(Misfit) -> [Int] {
        guard inputs.count == 1 else { throw Misfit(reason: "it takes one input, not \(inputs.count)") }
        return inputs[0]
    }

    private func image(_ inputs: [[Int]]) throws(Misfit) -> [Int] {
        let shape = try single(inputs)
        guard shape.count == 3 else { throw Misfit(reason: "it takes [height][width][channel], not \(shape)") }
        return shape
    }

    private func size(of window: Window, on shape: [Int]) throws(Misfit) -> (height: Int, width: Int) {
        guard min(window.height, window.width, window.strideY, window.strideX) > 0 else {
            throw Misfit(
                reason: "its window is \(window.height)×\(window.width), its step \(window.strideY)×\(window.strideX)")
        }
        let size = window.outputSize(height: shape[0], width: shape[1])
        guard size.height > 0, size.width > 0 else {
            throw Misfit(reason: "its window \(window.height)×\(window.width) doesn't fit on \(shape)")
        }
        return size
    }
}
