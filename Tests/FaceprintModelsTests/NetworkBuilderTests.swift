import Testing

@testable import FaceprintModels

@Suite("New networks")
struct NetworkBuilderTests {
    @Test func `Layers are named by kind and number, and shapes follow from the operations`() throws {
        var builder = NetworkBuilder(name: "tiny", input: [9, 12, 3], momentum: 0.8, seed: 1)
        var x = try builder.unit(builder.input, filters: 4, size: 3, stride: 2)
        x = try builder.unit(x, filters: 5, window: Window(height: 1, width: 7, padding: .same))
        x = try builder.averagePooling(x, size: 2, stride: 2, padding: .valid)
        x = try builder.dropout(try builder.globalAveragePooling(x), rate: 0.5)
        let network = try builder.network(output: try builder.dense(x, units: 6))
        #expect(
            network.layers.map(\.name) == [
                "input", "conv_1", "bn_1", "relu_1", "conv_2", "bn_2", "relu_2", "average_pool_1", "global_pool_1",
                "dropout_1", "dense_1",
            ])
        #expect(network.layers[1].outputShape == [5, 6, 4])
        #expect(network.layers[1].parameters.keys.sorted() == ["kernel"])
        #expect(network.layers[4].parameters["kernel"]?.shape == [1, 7, 4, 5])
        #expect(network.layers[7].outputShape == [2, 3, 5])
        #expect(
            network.layers[2].operation
                == .batchNormalization(
                    .init(epsilon: 1e-3, momentum: 0.8, hasScale: true, hasCenter: true)))
        #expect((network.inputShape, network.outputShape) == ([9, 12, 3], [6]))
    }

    @Test func `The same seed gives the same weights, and another one others`() throws {
        #expect(try Network.smallFaceNetwork(seed: 3) == .smallFaceNetwork(seed: 3))
        let (a, b) = (try Network.smallFaceNetwork(seed: 3), try Network.smallFaceNetwork(seed: 4))
        #expect(a.layers.map(\.operation) == b.layers.map(\.operation))
        for (a, b) in zip(a.layers, b.layers) where a.parameters["kernel"] != nil {
            #expect(a.parameters["kernel"] != b.parameters["kernel"], "\(a.name)")
        }
    }

    /// Kernels of convolutions have variance 2 / n for n inputs of a filter, those of dense layers 2 / (inputs + outputs)
    /// within a bound; the share that chance alone moves a variance of k numbers by is √(2 / k).
    @Test func `Initial weights are spread as their papers say`() throws {
        let network = try Network.smallFaceNetwork(seed: 1)
        for layer in network.layers {
            for (name, tensor) in layer.parameters where name != "kernel" {
                let expected: Float = name == "gamma" || name == "moving_variance" ? 1 : 0
                #expect(tensor.values.allSatisfy { $0 == expected }, "\(layer.name)/\(name)")
            }
            guard let kernel = layer.parameters["kernel"] else { continue }
            let count = Double(kernel.values.count)
            let variance = kernel.values.reduce(0) { $0 + Double($1) * Double($1) } / count
            let expected: Double
            if kernel.shape.count == 4 {
                expected = 2 / Double(kernel.shape[..<3].reduce(1, *))
            } else {
                expected = 2 / Double(kernel.shape.reduce(0, +))
                #expect(kernel.values.allSatisfy { Double(abs($0)) <= (3 * expected).squareRoot() })
            }
            #expect(abs(variance / expected - 1) < 4 * (2 / count).squareRoot(), "\(layer.name)")
        }
    }

    @Test func `The small face network is small`() throws {
        let network = try Network.smallFaceNetwork(seed: 1)
        #expect((network.inputShape, network.outputShape) == ([112, 112, 3], [128]))
        #expect(network.parameterCount < 1_000_000)
        var products = 0
        for layer in network.layers {
            guard case .convolution(let convolution) = layer.operation else { continue }
            #expect(convolution.filters.isMultiple(of: 16))
            products += layer.outputShape[0] * layer.outputShape[1] * (layer.parameters["kernel"]?.values.count ?? 0)
        }
        #expect(products < 60_000_000)
    }

    @Test func `An Inception module joins its branches along the channels`() throws {
        var builder = NetworkBuilder(name: "inception", input: [8, 8, 3], seed: 1)
        let x = try builder.inception(
            builder.input,
            .init(one: 16, three: (reduction: 8, filters: 24), five: (reduction: 4, filters: 6), pooled: 5))
        #expect(x.shape == [8, 8, 16 + 24 + 6 + 5])
        let network = try builder.network(output: try builder.globalAveragePooling(x))
        let kernels = network.layers.compactMap { $0.parameters["kernel"]?.shape }
        #expect(
            kernels == [
                [1, 1, 3, 16], [1, 1, 3, 8], [3, 3, 8, 24], [1, 1, 3, 4], [5, 5, 4, 6], [1, 1, 3, 5],
            ])
    }

    /// What must be refused, and the error.
    struct Misfit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let layer: String
        let build: @Sendable (inout NetworkBuilder) throws -> NetworkBuilder.Node

        init(
            _ layer: String, _ reason: String,
            _ build: @escaping @Sendable (inout NetworkBuilder) throws -> NetworkBuilder.Node
        ) {
            testDescription = reason
            self.layer = layer
            self.build = build
        }
    }

    @Test(arguments: [
        Misfit("conv_1", "it has 0 filters") { try $0.convolution($0.input, filters: 0, size: 3) },
        Misfit("conv_1", "its window is 3×3, its step 0×0") {
            try $0.convolution($0.input, filters: 1, size: 3, stride: 0)
        },
        Misfit("max_pool_1", "its window 9×9 doesn't fit on [8, 8, 3]") {
            try $0.maxPooling($0.input, size: 9, stride: 1, padding: .valid)
        },
        Misfit("dense_1", "it takes a vector, not [8, 8, 3]") { try $0.dense($0.input, units: 4) },
        Misfit("dense_1", "it has 0 units") { try $0.dense(try $0.globalAveragePooling($0.input), units: 0) },
        Misfit("dropout_1", "it drops a share of 1.0") { try $0.dropout($0.input, rate: 1) },
        Misfit("sum_1", "it adds inputs of shapes [[8, 8, 3], [4, 4, 3]]") {
            try $0.scaledSum($0.input, try $0.averagePooling($0.input, size: 2, stride: 2))
        },
        Misfit("input", "a network's output is a vector, not [8, 8, 3]") { $0.input },
        Misfit("relu_1", "it doesn't lead to the output") {
            _ = try $0.relu($0.input)
            return try $0.globalAveragePooling($0.input)
        },
    ])
    func `What doesn't fit is refused by the layer's name`(misfit: Misfit) throws {
        #expect(throws: ModelError.unsupportedLayer(name: misfit.layer, reason: misfit.testDescription)) {
            var builder = NetworkBuilder(name: "misfit", input: [8, 8, 3], seed: 1)
            let output = try misfit.build(&builder)
            _ = try builder.network(output: output)
        }
    }

    @Test func `A network's input is a picture`() throws {
        var builder = NetworkBuilder(name: "vector", input: [8], seed: 1)
        let reason = "it is [height][width][channel], not [8]"
        #expect(throws: ModelError.unsupportedLayer(name: "input", reason: reason)) {
            try builder.network(output: builder.input)
        }
    }
}
