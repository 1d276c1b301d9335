import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("ONNX export")
struct ONNXExportTests {
    @Test(.needs(.test))
    func `The file computes what the layers' definitions say, for every operation`() throws {
        let folder = try TemporaryFolder()
        var expected: [[Double]] = []
        var arguments: [String] = []
        for (seed, size) in [(5, 6), (6, 5), (7, 7), (8, 4), (4, 9)].enumerated() {
            let keras = folder.path("\(seed).h5")
            try KerasFile.tiny(height: size.0, width: size.1, denseBias: seed > 1, seed: UInt64(seed)).write(to: keras)
            let network = try Network(kerasFile: keras)
            var random = SeededRandom(seed: UInt64(seed + 100))
            let input = random.vector(size.0 * size.1 * 3)
            expected.append(ReferenceNetwork(network: network).output(for: input))
            let (onnx, numbers) = (folder.path("\(seed).onnx"), folder.path("\(seed).f32"))
            try Data(network.onnx()).write(to: URL(fileURLWithPath: onnx))
            try input.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: numbers))
            arguments += [onnx, numbers]
        }
        let script = """
            import json, sys, numpy, onnx
            from onnx.reference import ReferenceEvaluator
            results = []
            for path, numbers in zip(sys.argv[1::2], sys.argv[2::2]):
                model = onnx.load(path)
                onnx.checker.check_model(model, full_check=True)
                shape = [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim]
                pixels = numpy.fromfile(numbers, numpy.float32).reshape([1] + shape[1:])
                results.append(ReferenceEvaluator(model).run(None, {"photo": pixels})[0][0].tolist())
            print(json.dumps(results))
            """
        let found = try JSONDecoder().decode([[Double]].self, from: PythonEnvironment.test.run(script, arguments))
        #expect(found.map(\.count) == expected.map(\.count))
        for (a, b) in zip(found.joined(), expected.joined()) { #expect(abs(a - b) < 1e-5 * max(abs(b), 1)) }
    }

    @Test func `The learned numbers, and only they, are initialisers`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("tiny.h5")
        try KerasFile.tiny().write(to: path)
        let network = try Network(kerasFile: path)
        let summary = try ONNXSummary(network.onnx(), path: "")
        #expect(summary.parameterCount == network.parameterCount)
        #expect(summary.inputs == [.init(name: "photo", shape: [nil, 5, 6, 3])])
        #expect(summary.outputs == [.init(name: "bottleneck", shape: [nil, 2])])
        #expect(summary.nodes["BatchNormalization"] == 3)
    }
}
