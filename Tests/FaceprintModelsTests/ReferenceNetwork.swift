@testable import FaceprintModels

/// A network computed in double precision, straight from each operation's definition: slow, and easy to check.
struct ReferenceNetwork {
    /// `[height][width][channel]`, a vector being 1×1×channel.
    struct Activation {
        var height: Int
        var width: Int
        var channels: Int
        var values: [Double]

        init(height: Int, width: Int, channels: Int, _ value: (_ y: Int, _ x: Int, _ channel: Int) -> Double) {
            (self.height, self.width, self.channels) = (height, width, channels)
            values = []
            for y in 0..<height {
                for x in 0..<width {
                    for channel in 0..<channels { values.append(value(y, x, channel)) }
                }
            }
        }

        /// nil outside.
        subscript(y: Int, x: Int, channel: Int) -> Double? {
            guard (0..<height).contains(y), (0..<width).contains(x) else { return nil }
            return values[(y * width + x) * channels + channel]
        }
    }

    let network: Network

    /// - Parameter input: `[height][width][3]`
    func output(for input: [Float]) -> [Double] {
        var results: [String: Activation] = [:]
        for layer in network.layers {
            if layer.operation == .input {
                let width = layer.outputShape[1]
                results[layer.name] = Activation(height: layer.outputShape[0], width: width, channels: 3) { y, x, c in
                    Double(input[(y * width + x) * 3 + c])
                }
            } else {
                results[layer.name] = compute(layer, layer.inputs.map { results[$0]! })
            }
        }
        return results[network.output]!.values
    }

    private func compute(_ layer: Layer, _ inputs: [Activation]) -> Activation {
        let input = inputs[0]
        func parameter(_ name: String, _ index: Int) -> Double? {
            layer.parameters[name].map { Double($0.values[index]) }
        }
        func each(_ value: (_ y: Int, _ x: Int, _ channel: Int) -> Double) -> Activation {
            Activation(height: input.height, width: input.width, channels: input.channels, value)
        }
        switch layer.operation {
        case .input, .dropout:
            return input
        case .relu:
            return each { max(input[$0, $1, $2]!, 0) }
        case .batchNormalization(let normalization):
            return each { y, x, c in
                let deviation = (parameter("moving_variance", c)! + Double(normalization.epsilon)).squareRoot()
                return (input[y, x, c]! - parameter("moving_mean", c)!) / deviation * (parameter("gamma", c) ?? 1)
                    + (parameter("beta", c) ?? 0)
            }
        case .scaledSum(let scale):
            return each { inputs[0][$0, $1, $2]! + Double(scale) * inputs[1][$0, $1, $2]! }
        case .concatenation:
            let origins = inputs.flatMap { input in (0..<input.channels).map { (input, $0) } }
            return Activation(height: input.height, width: input.width, channels: origins.count) { y, x, c in
                let (input, channel) = origins[c]
                return input[y, x, channel]!
            }
        case .globalAveragePooling:
            return Activation(height: 1, width: 1, channels: input.channels) { _, _, c in
                let places = (0..<input.height).flatMap { y in (0..<input.width).map { x in input[y, x, c]! } }
                return places.reduce(0, +) / Double(places.count)
            }
        case .maxPooling(let window):
            return slide(window, over: input, channels: input.channels) { y, x, c in
                var largest = -Double.infinity
                for i in 0..<window.height {
                    for j in 0..<window.width { largest = max(largest, input[y + i, x + j, c] ?? -.infinity) }
                }
                return largest
            }
        case .averagePooling(let window):
            return slide(window, over: input, channels: input.channels) { y, x, c in
                var inside: [Double] = []
                for i in 0..<window.height {
                    for j in 0..<window.width { if let value = input[y + i, x + j, c] { inside.append(value) } }
                }
                return inside.reduce(0, +) / Double(inside.count)
            }
        case .convolution(let convolution):
            return slide(convolution.window, over: input, channels: convolution.filters) { y, x, filter in
                var sum = parameter("bias", filter) ?? 0
                for i in 0..<convolution.window.height {
                    for j in 0..<convolution.window.width {
                        for c in 0..<input.channels {
                            let place = ((i * convolution.window.width + j) * input.channels + c) * convolution.filters
                            sum += (input[y + i, x + j, c] ?? 0) * parameter("kernel", place + filter)!
                        }
                    }
                }
                return sum
            }
        case .dense(let units, _):
            return Activation(height: 1, width: 1, channels: units) { _, _, unit in
                (0..<input.channels).reduce(parameter("bias", unit) ?? 0) {
                    $0 + input[0, 0, $1]! * parameter("kernel", $1 * units + unit)!
                }
            }
        }
    }

    /// Calls `value` with the top left corner of the window at each place.
    private func slide(
        _ window: Window, over input: Activation, channels: Int, _ value: (Int, Int, Int) -> Double
    ) -> Activation {
        let (height, top) = places(of: window.height, step: window.strideY, on: input.height, window.padding)
        let (width, left) = places(of: window.width, step: window.strideX, on: input.width, window.padding)
        return Activation(height: height, width: width, channels: channels) { y, x, c in
            value(y * window.strideY - top, x * window.strideX - left, c)
        }
    }

    /// How many places there are along a side, and how far the first lies outside, by TensorFlow's formula.
    private func places(
        of size: Int, step: Int, on side: Int, _ padding: Window.Padding
    ) -> (count: Int, before: Int) {
        switch padding {
        case .valid: return ((side - size + step) / step, 0)
        case .same:
            let total = max(size - (side.isMultiple(of: step) ? step : side % step), 0)
            return ((side + step - 1) / step, total / 2)
        }
    }
}
