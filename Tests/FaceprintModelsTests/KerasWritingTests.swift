import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Keras writing")
struct KerasWritingTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("written.h5")
    }

    @Test func `What is written reads back as the same network`() throws {
        try KerasFile.tiny().write(to: path)
        for network in [
            try Network(kerasFile: path), try .everyOperation(seed: 1), try .smallFaceNetwork(seed: 1),
        ] {
            try network.write(kerasFile: path)
            #expect(try Network(kerasFile: path) == network)
        }
    }

    @Test(.needsFaceNetWeights) func `FaceNet reads back as the same network`() throws {
        let network = try FaceNetWeights.network.get()
        try network.write(kerasFile: path)
        #expect(try Network(kerasFile: path) == network)
    }

    @Test func `The same network gives the same file`() throws {
        let network = try Network.everyOperation(seed: 1)
        try network.write(kerasFile: path)
        let first = try Data(contentsOf: URL(fileURLWithPath: path))
        try network.write(kerasFile: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    }

    @Test func `Weights are listed in the order in which Keras lists the layers`() throws {
        try Network.everyOperation(seed: 1).write(kerasFile: path)
        let names = try HDF5.exclusively {
            try KerasNames.read("layer_names", of: HDF5.openGroup("model_weights", in: HDF5.openFile(path)))
        }
        // As Keras 3.15 says of this file.
        #expect(
            names == [
                "input", "conv_1", "bn_1", "relu_1", "conv_2", "bn_2", "relu_2", "conv_3", "sum_1_scale", "sum_1",
                "relu_3", "conv_5", "conv_7", "bn_4", "bn_6", "relu_5", "relu_7", "max_pool_1", "conv_4", "conv_6",
                "conv_8", "conv_9", "bn_3", "bn_5", "bn_7", "bn_8", "relu_4", "relu_6", "relu_8", "relu_9", "concat_1",
                "max_pool_2", "average_pool_1", "sum_2", "global_pool_1", "dropout_1", "dense_1", "bn_9",
            ])
    }

    /// Keras takes a file's weights in the order in which it lists its layers, not by their names; the branches of an
    /// Inception module are of different lengths, and some of their weights of the same shape.
    @Test(.needs(.tensorFlow)) func `Keras computes the same, and what Keras writes in turn is read`() throws {
        let network = try Network.everyOperation(seed: 5)
        try network.write(kerasFile: path)
        var random = SeededRandom(seed: 9)
        let input = random.vector(12 * 12 * 3)
        try input.withUnsafeBytes { Data($0) }.write(to: folder.url.appending(path: "input.f32"))
        let script = """
            import json, sys, numpy, keras
            model = keras.models.load_model(sys.argv[1], compile=False)
            pixels = numpy.fromfile(sys.argv[2], numpy.float32).reshape((1,) + model.input_shape[1:])
            model.save(sys.argv[3])
            print(json.dumps(model.predict(pixels, verbose=0)[0].tolist()))
            """
        let again = folder.path("again.h5")
        let output = try PythonEnvironment.tensorFlow.run(script, [path, folder.path("input.f32"), again])
        let found = try JSONDecoder().decode([Double].self, from: output)
        let expected = ReferenceNetwork(network: network).output(for: input)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5 * max(abs(b), 1)) }
        // Keras lists the layers in an order of its own.
        #expect(try Set(Network(kerasFile: again).layers) == Set(network.layers))
    }

    @Test(.needs(.tensorFlow), .needsFaceNetWeights, .needsSharedData)
    func `FaceNet gives in Keras what the file that it was read from gives`() throws {
        try FaceNetWeights.network.get().write(kerasFile: path)
        let seed = try Seed()
        try Data(seed.images.flatMap(\.pixels)).write(to: folder.url.appending(path: "pixels.u8"))
        let script = """
            import sys, numpy, keras
            model = keras.models.load_model(sys.argv[1], compile=False)
            pixels = numpy.fromfile(sys.argv[2], numpy.uint8).reshape((-1,) + model.input_shape[1:])
            sys.stdout.buffer.write(model.predict(pixels / numpy.float32(255), verbose=0).tobytes())
            """
        let output = try PythonEnvironment.tensorFlow.run(script, [path, folder.path("pixels.u8")])
        let found = output.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let expected = seed.outputs.flatMap(\.self)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5 * max(abs(b), 1)) }
    }

    @Test func `Lists of names longer than an attribute may be are written in parts`() throws {
        var builder = NetworkBuilder(name: "deep", input: [8, 8, 1], seed: 1)
        var x = try builder.globalAveragePooling(builder.input)
        for _ in 0..<1200 { x = try builder.relu(x) }
        var network = try builder.network(output: x)
        let suffix = String(repeating: "_", count: 60)
        for index in network.layers.indices {
            network.layers[index].name += suffix
            network.layers[index].inputs = network.layers[index].inputs.map { $0 + suffix }
        }
        network.output += suffix
        try network.write(kerasFile: path)
        #expect(try Network(kerasFile: path) == network)
        try HDF5.exclusively {
            let group = try HDF5.openGroup("model_weights", in: try HDF5.openFile(path))
            #expect(try HDF5.strings(ofAttribute: "layer_names", of: group) == nil)
            #expect(try HDF5.strings(ofAttribute: "layer_names0", of: group)?.first == "input" + suffix)
        }
    }

    @Test func `A layer that has the name of another's rescaling keeps it`() throws {
        var builder = NetworkBuilder(name: "names", input: [8, 8, 1], seed: 1)
        let x = try builder.globalAveragePooling(builder.input)
        var network = try builder.network(output: try builder.scaledSum(x, try builder.relu(x), scale: 0.5))
        network.layers[2].name = "sum_1_scale"
        network.layers[3].inputs[1] = "sum_1_scale"
        try network.write(kerasFile: path)
        #expect(try Network(kerasFile: path) == network)
    }

    @Test func `What Keras wouldn't read is refused, and the file stays as it was`() throws {
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        let network = try Network.everyOperation(seed: 1)

        var wrong = network
        wrong.layers[1].parameters["kernel"] = Tensor(
            shape: [3, 3, 3, 4], values: [Float](repeating: .nan, count: 108))
        let reason = "it holds numbers that are not finite"
        #expect(throws: ModelError.damagedWeight(layer: "conv_1", weight: "kernel", reason: reason)) {
            try wrong.write(kerasFile: path)
        }

        wrong = network
        wrong.layers.append(Layer(name: "idle", operation: .relu, inputs: ["bn_1"], outputShape: [6, 6, 4]))
        let idle = "Keras leaves out layers that don't lead to the output"
        #expect(throws: ModelError.unsupportedLayer(name: "idle", reason: idle)) { try wrong.write(kerasFile: path) }

        for name in ["", ".", "a/b", "a\0"] {
            wrong = network
            wrong.layers[wrong.layers.count - 1].name = name
            wrong.output = name
            #expect(throws: ModelError.unsupportedLayer(name: name, reason: "Keras takes no layer of that name")) {
                try wrong.write(kerasFile: path)
            }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["written.h5"])
    }

    @Test func `A place that can't be written to is named, and no part of a file stays`() throws {
        let network = try Network.everyOperation(seed: 1)
        let missing = folder.path("missing/network.h5")
        #expect(throws: ModelError.file(.unwritable(path: missing, reason: "No such file or directory"))) {
            try network.write(kerasFile: missing)
        }
        #expect(throws: ModelError.file(.isFolder(path: folder.url.path))) {
            try network.write(kerasFile: folder.url.path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test func `A disk that is full ends the writing, not the process`() throws {
        guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=64k") == 0 else {
            print("skipped: this process may not mount a file system, so a full disk is not tested")
            return
        }
        defer { umount2(folder.url.path, CInt(MNT_DETACH)) }
        let network = try Network.smallFaceNetwork(seed: 1)
        #expect(throws: ModelError.file(.unwritable(path: path, reason: "No space left on device"))) {
            try network.write(kerasFile: path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }
}

extension Network {
    /// A network of each operation that a file can hold, with statistics as after training.
    static func everyOperation(seed: UInt64) throws -> Network {
        var builder = NetworkBuilder(name: "every", input: [12, 12, 3], seed: seed)
        var x = try builder.unit(builder.input, filters: 4, size: 3, stride: 2)
        x = try builder.residual(x, scale: 0.17) { builder, x throws(ModelError) in
            let inner = try builder.unit(x, filters: 4, window: Window(height: 1, width: 3, padding: .same))
            return try builder.convolution(inner, filters: 4, size: 1, hasBias: true)
        }
        x = try builder.inception(x, .init(one: 4, three: (4, 4), five: (4, 4), pooled: 4))
        let largest = try builder.maxPooling(x, size: 3, stride: 2)
        let mean = try builder.averagePooling(x, size: 3, stride: 2)
        x = try builder.scaledSum(largest, mean)
        x = try builder.dropout(try builder.globalAveragePooling(x), rate: 0.25)
        x = try builder.dense(x, units: 5, hasBias: true)
        var network = try builder.network(output: try builder.batchNormalization(x, hasScale: false))
        var random = SeededRandom(seed: seed)
        for index in network.layers.indices {
            guard case .batchNormalization = network.layers[index].operation else { continue }
            for name in network.layers[index].operation.parameterNames {
                let shape = network.layers[index].parameters[name]!.shape
                let values = random.vector(shape[0], scale: 0.5).map { name == "beta" ? $0 : $0 + 1 }
                network.layers[index].parameters[name] = Tensor(shape: shape, values: values)
            }
        }
        return network
    }
}
