import FaceprintModels

@testable import FaceprintTraining

/// A network in training mode, in double precision, straight from each operation's definition: slow, and easy to check.
struct DoubleNetwork {
    /// `[batch][height][width][channel]`; a vector is 1×1×channel.
    struct Activation {
        var shape: [Int]
        var values: [Double]

        init(_ shape: [Int]) {
            self.shape = shape
            values = [Double](repeating: 0, count: shape.reduce(1, *))
        }

        func index(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int {
            ((n * shape[1] + y) * shape[2] + x) * shape[3] + c
        }

        func isInside(_ y: Int, _ x: Int) -> Bool { y >= 0 && x >= 0 && y < shape[1] && x < shape[2] }
    }

    let network: Network
    /// By `layer/weight`; those of the network until they are changed.
    var parameters: [String: [Double]]
    /// Layers that use the running statistics in training too.
    var frozen: Set<String> = []

    init(_ network: Network) {
        self.network = network
        parameters = [:]
        for layer in network.layers {
            for (weight, tensor) in layer.parameters {
                parameters["\(layer.name)/\(weight)"] = tensor.values.map(Double.init)
            }
        }
    }

    /// The embeddings, `[batch][n]`.
    func forward(_ photos: [Float], batch: Int, isNormalized: Bool) -> [Double] {
        var results: [String: Activation] = [:]
        for layer in network.layers {
            if layer.operation == .input {
                var input = Activation([batch] + layer.outputShape)
                input.values = photos.map(Double.init)
                results[layer.name] = input
            } else {
                results[layer.name] = compute(layer, layer.inputs.map { results[$0]! })
            }
        }
        let output = results[network.output]!
        guard isNormalized else { return output.values }
        let length = output.shape[3]
        return (0..<batch).flatMap { n in
            let vector = output.values[(n * length)..<((n + 1) * length)]
            let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 / norm }
        }
    }

    private func compute(_ layer: Layer, _ inputs: [Activation]) -> Activation {
        let input = inputs[0]
        switch layer.operation {
        case .input, .dropout: return input
        case .relu:
            var result = input
            for index in result.values.indices { result.values[index] = max(result.values[index], 0) }
            return result
        case .batchNormalization(let normalization): return normalize(layer, normalization, input)
        case .scaledSum(let scale):
            var result = input
            for index in result.values.indices { result.values[index] += Double(scale) * inputs[1].values[index] }
            return result
        case .concatenation: return concatenate(inputs)
        case .globalAveragePooling:
            let window = Window(height: input.shape[1], width: input.shape[2])
            return pool(input, window, start: 0) {
                $0 + $1
            } end: {
                $0 / Double($1)
            }
        case .averagePooling(let window):
            return pool(input, window, start: 0) {
                $0 + $1
            } end: {
                $0 / Double($1)
            }
        case .maxPooling(let window):
            return pool(input, window, start: -.infinity, { max($0, $1) }, end: { value, _ in value })
        case .convolution(let convolution): return convolve(layer, convolution, input)
        case .dense(let units, let hasBias):
            let window = Window(height: 1, width: 1)
            return convolve(layer, Convolution(filters: units, window: window, hasBias: hasBias), input)
        }
    }

    private func normalize(_ layer: Layer, _ normalization: BatchNormalization, _ input: Activation) -> Activation {
        var result = input
        let channels = input.shape[3]
        let count = Double(input.values.count / channels)
        let usesBatch = !frozen.contains(layer.name)
        for c in 0..<channels {
            let places = stride(from: c, to: input.values.count, by: channels)
            var mean = parameters["\(layer.name)/moving_mean"]![c]
            var variance = parameters["\(layer.name)/moving_variance"]![c]
            if usesBatch {
                mean = places.reduce(0) { $0 + input.values[$1] } / count
                variance = places.reduce(0) { $0 + (input.values[$1] - mean) * (input.values[$1] - mean) } / count
            }
            let scale =
                (parameters["\(layer.name)/gamma"]?[c] ?? 1) / (variance + Double(normalization.epsilon)).squareRoot()
            let shift = parameters["\(layer.name)/beta"]?[c] ?? 0
            for place in places { result.values[place] = (input.values[place] - mean) * scale + shift }
        }
        return result
    }

    private func concatenate(_ inputs: [Activation]) -> Activation {
        let channels = inputs.reduce(0) { $0 + $1.shape[3] }
        var result = Activation(Array(inputs[0].shape.dropLast()) + [channels])
        var first = 0
        for input in inputs {
            let own = input.shape[3]
            for index in input.values.indices {
                result.values[index / own * channels + first + index % own] = input.values[index]
            }
            first += own
        }
        return result
    }

    private func pool(
        _ input: Activation, _ window: Window, start: Double, _ add: (Double, Double) -> Double,
        end: (Double, Int) -> Double
    ) -> Activation {
        slide(window, over: input, channels: input.shape[3]) { n, top, left, c in
            var value = start
            var count = 0
            for y in top..<(top + window.height) {
                for x in left..<(left + window.width) where input.isInside(y, x) {
                    value = add(value, input.values[input.index(n, y, x, c)])
                    count += 1
                }
            }
            return end(value, count)
        }
    }

    private func convolve(_ layer: Layer, _ convolution: Convolution, _ input: Activation) -> Activation {
        let kernel = parameters["\(layer.name)/kernel"]!
        let bias = parameters["\(layer.name)/bias"]
        let (window, channels) = (convolution.window, input.shape[3])
        return slide(window, over: input, channels: convolution.filters) { n, top, left, filter in
            var sum = bias?[filter] ?? 0
            for i in 0..<window.height {
                for j in 0..<window.width where input.isInside(top + i, left + j) {
                    let source = input.index(n, top + i, left + j, 0)
                    let place = (i * window.width + j) * channels
                    for c in 0..<channels {
                        sum += input.values[source + c] * kernel[(place + c) * convolution.filters + filter]
                    }
                }
            }
            return sum
        }
    }

    /// Calls `value` with the photo, the top left corner of the window at each place, and the channel.
    private func slide(
        _ window: Window, over input: Activation, channels: Int, _ value: (Int, Int, Int, Int) -> Double
    ) -> Activation {
        // TensorFlow's padding: as many places as side / stride, rounded up, the odd pixel at the end.
        func places(_ size: Int, _ step: Int, _ side: Int) -> (count: Int, before: Int) {
            guard window.padding == .same else { return ((side - size) / step + 1, 0) }
            let count = (side + step - 1) / step
            return (count, max((count - 1) * step + size - side, 0) / 2)
        }
        let (height, top) = places(window.height, window.strideY, input.shape[1])
        let (width, left) = places(window.width, window.strideX, input.shape[2])
        var result = Activation([input.shape[0], height, width, channels])
        for n in 0..<input.shape[0] {
            for y in 0..<height {
                for x in 0..<width {
                    for c in 0..<channels {
                        result.values[result.index(n, y, x, c)] = value(
                            n, y * window.strideY - top, x * window.strideX - left, c)
                    }
                }
            }
        }
        return result
    }
}
