import CKernels
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Quantisation")
struct QuantizationTests {
    /// A stem, a residual block with a factor, and two branches that are joined.
    private func network() throws -> Network {
        var builder = NetworkBuilder(name: "tiny", input: [16, 16, 3], seed: 1)
        var x = try builder.unit(builder.input, filters: 16, size: 3, stride: 2)
        x = try builder.residual(x, scale: 0.5) { (builder, x) throws(ModelError) in
            let one = try builder.unit(x, filters: 8, size: 1)
            let other = try builder.unit(try builder.unit(x, filters: 8, size: 1), filters: 8, size: 3)
            return try builder.convolution(
                try builder.concatenation([one, other]), filters: 16, size: 1, hasBias: true)
        }
        x = try builder.maxPooling(x, size: 2, stride: 2)
        x = try builder.unit(x, filters: 16, size: 3)
        return try builder.network(
            output: try builder.dense(try builder.globalAveragePooling(x), units: 8))
    }

    @Test func `Normalisations and factors go into the convolutions, and all but the first become int8`() throws {
        let network = try QuantizableNetwork(try network().onnx(), path: "p")
        #expect(network.convolutionCount == 5)
        let measured = try ONNXSummary(network.measured, path: "p")
        #expect(measured.nodes["Conv"] == 6)
        #expect(measured.nodes["BatchNormalization"] == nil)
        #expect(measured.nodes["Mul"] == nil)
        #expect(measured.outputs.map(\.name) == ["dense_1"] + network.activations)
        let statistics = Dictionary(
            uniqueKeysWithValues: network.activations.map { ($0, seen([0, 1, 2, 3.5], pictures: 1)) })
        let int8 = try ONNXSummary(network.quantized(statistics), path: "p")
        #expect(int8.nodes["Conv"] == 6)
        // Weights and biases; each activation, and what a concatenation and a pooling make of them.
        #expect(int8.nodes["DequantizeLinear"] == 2 * 5 + network.activations.count + 2)
        #expect(int8.nodes["QuantizeLinear"] == network.activations.count + 2)
        #expect(int8.inputs == measured.inputs)
        #expect(int8.outputs == [measured.outputs[0]])
    }

    @Test func `What is joined shares a scale, and what goes through a pooling keeps it`() throws {
        var model = try ONNXModel(try network().onnx(), path: "p")
        let folded = try model.foldConvolutions()
        let plan = QuantizationPlan(model, folded)
        var statistics: [String: ActivationStatistics] = [:]
        for (place, name) in plan.activations.enumerated() {
            statistics[name] = seen([0, Float(place + 1)], pictures: 1)
        }
        let scales = plan.scales(statistics)
        let joined = try #require(model.nodes.first { $0.isStandard("Concat") })
        #expect(joined.inputs.count == 2)
        #expect(Set((joined.inputs + joined.outputs).map { scales[$0] }).count == 1)
        let pooling = try #require(model.nodes.first { $0.isStandard("MaxPool") })
        #expect(scales[pooling.inputs[0]] == scales[pooling.outputs[0]])
        #expect(scales[pooling.inputs[0]] != nil)
        #expect(Set(scales.values).count > 2)
    }

    @Test func `Only tensors between two convolutions are made even`() throws {
        var model = try ONNXModel(try network().onnx(), path: "p")
        let folded = try model.foldConvolutions()
        let equalizable = QuantizationPlan(model, folded).equalizable
        // Of the two branches' convolutions one reads another alone.
        #expect(equalizable.count == 1)
        let (tensor, pair) = try #require(equalizable.first)
        #expect(folded[pair.reader]?.input == tensor)
        #expect(folded[pair.reader]?.kernel.shape == [8, 8, 3, 3])
        #expect(folded[pair.maker]?.bias.count == 8)
    }

    private func seen(_ values: [Float], pictures: Int) -> ActivationStatistics {
        var statistics = ActivationStatistics()
        values.withUnsafeBufferPointer { statistics.extend($0, pictures: pictures, channels: nil) }
        values.withUnsafeBufferPointer { statistics.count($0, pictures: pictures, channels: nil) }
        return statistics
    }

    @Test func `A scale cuts off a lone outlier, and keeps what many numbers reach`() {
        var random = SeededRandom(seed: 3)
        let many = random.vector(200_000).map(abs)
        let scale = ActivationScale(of: [seen(many + [2], pictures: 1)])
        // Up to 1 the rounding alone would be least, up to 2 the cutting off.
        #expect((1.2...1.8).contains(scale.scale * 255), "\(scale.scale * 255)")
        #expect(scale.zero == 0)
        let even = ActivationScale(of: [seen(many.map { $0 - 0.5 }, pictures: 1)])
        #expect((120...135).contains(even.zero))
        #expect((0.9...1.01).contains(even.scale * 255), "\(even.scale * 255)")
        #expect(ActivationScale(of: [seen([0, 0], pictures: 1)]).scale == 1)
    }

    @Test func `Means are those of each channel`() {
        var statistics = ActivationStatistics()
        for values: [Float] in [[1, 2, 10, 20, 3, 4, 30, 40], [5, 6, 50, 60, 7, 8, 70, 80]] {
            values.withUnsafeBufferPointer { statistics.extend($0, pictures: 2, channels: 2) }
            values.withUnsafeBufferPointer { statistics.count($0, pictures: 2, channels: 2) }
        }
        #expect(statistics.means == [4.5, 45])
        #expect(statistics.largestOfChannels == [8, 80])
    }

    @Test(arguments: [(1, 9), (2, 1), (5, 3), (64, 9)])
    func `Filters are rounded finely, and no pair of weights is too large for 16 bits`(channels: Int, places: Int) {
        var random = SeededRandom(seed: UInt64(channels))
        let weights = random.vector(channels * places)
        let quantized = QuantizedFilters(Tensor(shape: [1, channels, 1, places], values: weights))
        let scale = quantized.scales[0]
        var error = 0.0
        for (weight, number) in zip(weights, quantized.numbers) {
            error += Double(weight - Float(number) * scale) * Double(weight - Float(number) * scale)
        }
        let size = weights.reduce(0) { $0 + Double($1 * $1) }
        // Even weights need both of a pair at once, which leaves 6 bits of each.
        #expect(error / size < 5e-4, "\(error / size)")
        for channel in stride(from: 0, to: channels - 1, by: 2) {
            for place in 0..<places {
                let pair = [channel, channel + 1].map { Int(quantized.numbers[$0 * places + place]) }
                #expect(abs(pair[0]) + abs(pair[1]) <= 128)
            }
        }
        for channel in 0..<channels {
            let change = (channel * places..<(channel + 1) * places).reduce(0) {
                $0 + Double(quantized.numbers[$1]) * Double(scale) - Double(weights[$1])
            }
            #expect(abs(change - quantized.changes[channel]) < 1e-6)
        }
    }

    @Test func `A bias takes off what rounding adds on average`() throws {
        var model = try ONNXModel(try network().onnx(), path: "p")
        let folded = try #require(try model.foldConvolutions().values.first { $0.channels == 16 })
        let quantized = QuantizedFilters(folded.kernel)
        let means = (0..<16).map { Double($0) / 4 }
        let bias = folded.bias(correcting: quantized, means: means)
        let places = folded.kernel.values.count / folded.bias.count / 16
        for filter in folded.bias.indices {
            func output(_ weight: (Int) -> Double) -> Double {
                (0..<16).reduce(0) { sum, channel in
                    (0..<places).reduce(sum) {
                        $0 + weight((filter * 16 + channel) * places + $1) * means[channel]
                    }
                }
            }
            let exact = output { Double(folded.kernel.values[$0]) } + Double(folded.bias[filter])
            let rounded = output { Double(quantized.numbers[$0]) * Double(quantized.scales[filter]) }
            #expect(abs(rounded + Double(bias[filter]) - exact) < 1e-5)
        }
        #expect(folded.bias(correcting: quantized, means: []) == folded.bias)
    }

    @Test func `A network that can't gain, or is in int8 already, is refused`() throws {
        var builder = NetworkBuilder(name: "flat", input: [8, 8, 3], seed: 1)
        let flat = try builder.network(output: try builder.globalAveragePooling(builder.input))
        #expect(
            throws: ModelError.cannotQuantize(path: "p", reason: "it has no convolution that would gain by it")
        ) { try QuantizableNetwork(flat.onnx(), path: "p") }
        let network = try QuantizableNetwork(try network().onnx(), path: "p")
        let statistics = Dictionary(
            uniqueKeysWithValues: network.activations.map { ($0, seen([1], pictures: 1)) })
        #expect(throws: ModelError.cannotQuantize(path: "p", reason: "it is quantised already")) {
            try QuantizableNetwork(network.quantized(statistics), path: "p")
        }
    }

    @Test func `A file that is cut short is refused wherever it ends`() throws {
        let bytes = try network().onnx()
        for length in stride(from: 0, to: bytes.count, by: 97) {
            #expect(throws: ModelError.self) { try QuantizableNetwork(Array(bytes[..<length]), path: "p") }
        }
    }
}
