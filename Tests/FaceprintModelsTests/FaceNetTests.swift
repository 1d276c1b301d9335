import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("FaceNet", .needsFaceNetWeights)
struct FaceNetTests {
    @Test func `The weights are read whole`() throws {
        let network = try FaceNetWeights.network.get()
        #expect(network.layers.count == 426)
        #expect(network.parameterCount == 22_808_144)
        #expect(network.inputShape == [160, 160, 3])
        #expect(network.outputShape == [128])
        var counts: [String: Int] = [:]
        for layer in network.layers { counts[layer.operation.kind, default: 0] += 1 }
        #expect(
            counts == [
                "input": 1, "convolution": 132, "batchNormalization": 112, "relu": 131, "concatenation": 23,
                "scaledSum": 21, "maxPooling": 3, "globalAveragePooling": 1, "dropout": 1, "dense": 1,
            ])
    }

    @Test func `The ONNX file has one input, one output and all parameters`() throws {
        let summary = try ONNXSummary(FaceNetWeights.onnx.get(), path: "facenet.onnx")
        #expect(summary.inputs == [.init(name: "input_1", shape: [nil, 160, 160, 3])])
        #expect(summary.outputs == [.init(name: "Bottleneck_BatchNorm", shape: [nil, 128])])
        #expect(summary.parameterCount == 22_808_144)
        #expect(summary.nodes["Conv"] == 132)
    }

    @Test(.needs(.test))
    func `ONNX' own checker accepts the file, shapes and all`() throws {
        let script = """
            import json, sys, onnx
            model = onnx.load(sys.argv[1])
            onnx.checker.check_model(model, full_check=True)
            print(json.dumps([model.ir_version, model.opset_import[0].version, len(model.opset_import)]))
            """
        let folder = try TemporaryFolder()
        let path = folder.path("facenet.onnx")
        try Data(FaceNetWeights.onnx.get()).write(to: URL(fileURLWithPath: path))
        let output = try PythonEnvironment.test.run(script, [path])
        #expect(try JSONDecoder().decode([Int].self, from: output) == [8, 17, 1])
    }

    @Test(.needsSharedData)
    func `Architecture and weights apart give the same network`() throws {
        let folder = try TemporaryFolder()
        let weights = folder.path("weights.h5")
        try copyWeights(from: #require(FaceNetWeights.kerasFile), to: weights)
        let whole = try FaceNetWeights.network.get()
        let pair = try Network(
            kerasFile: weights, architecture: SharedData.url("seed/keras-facenet-h5/model.json").path)
        #expect(pair.name == whole.name)
        #expect(pair.output == whole.output)
        #expect(pair.layers.map(\.name) == whole.layers.map(\.name))
        for (a, b) in zip(pair.layers, whole.layers) where a != b { Issue.record("“\(a.name)” differs") }

        #expect(throws: ModelError.noArchitecture(path: weights)) { try Network(kerasFile: weights) }
    }

    @Test(arguments: [0, 1, 100, 2048, 100_000, 46_000_000, -1])
    func `A file that is cut short is refused`(length: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("cut.h5")
        let whole = try FileHandle(forReadingFrom: URL(fileURLWithPath: #require(FaceNetWeights.kerasFile)))
        let size = try Int(whole.seekToEnd())
        try whole.seek(toOffset: 0)
        try (whole.read(upToCount: length < 0 ? size + length : length) ?? Data()).write(
            to: URL(fileURLWithPath: path))
        let error = try #require(throws: ModelError.self) { try Network(kerasFile: path) }
        switch (length, error) {
        case (0, .file(.empty(path))), (_, .notHDF5(path, _)): break
        default: Issue.record("unexpected: \(error)")
        }
    }

    /// What Keras' `save_weights` would have written.
    private func copyWeights(from whole: String, to path: String) throws {
        try HDF5.exclusively {
            let source = try HDF5.openGroup("model_weights", in: try HDF5.openFile(whole))
            let layers = try HDF5.strings(ofAttribute: "layer_names", of: source) ?? []
            let target = try HDF5Writer.createFile(path)
            try HDF5Writer.write(layers, "layer_names", to: target, .fixed)
            for layer in layers { try HDF5Writer.copy(layer, from: source, to: target) }
        }
    }
}

extension FaceprintModels.Operation {
    /// The name of the case.
    fileprivate var kind: String { "\(self)".prefix { $0 != "(" }.description }
}
