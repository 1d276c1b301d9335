import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Folding of quantised weights")
struct ONNXFoldingTests {
    /// The file's weight `w` after folding.
    private func folded(_ file: QuantizedFile) throws -> (shape: [Int], numbers: [Float]) {
        let bytes = try ONNXFolding.folded(file.bytes, path: "p")
        let all = try Initializers(bytes).all
        #expect(Array(all.keys) == ["w"])
        #expect(try ONNXSummary(bytes, path: "p").nodes == ["Gemm": 1])
        let weight = try #require(all["w"])
        return (weight.shape, try weight.floatNumbers())
    }

    private static let perTensor = QuantizedFile(
        quantized: .int8("q", [2, 3], [-128, -1, 0, 1, 2, 127]), scale: .float("s", [], [0.5]))

    @Test func `One scale for all`() throws {
        let found = try folded(Self.perTensor)
        #expect(found == ([2, 3], [-64, -0.5, 0, 0.5, 1, 63.5]))
        var file = Self.perTensor
        file.zeroPoint = .int8("z", [], [-128])
        #expect(try folded(file).numbers == [0, 63.5, 64, 64.5, 65, 127.5])
        file.quantized = .uint8("q", [2, 3], [0, 1, 127, 128, 254, 255])
        file.zeroPoint = .uint8("z", [], [128])
        #expect(try folded(file).numbers == [-64, -63.5, -0.5, 0, 63, 63.5])
        file.quantized = .int32("q", [3], [-70_000, 0, 70_000])
        file.zeroPoint = nil
        #expect(try folded(file).numbers == [-35_000, 0, 35_000])
    }

    @Test(arguments: [(nil, [1, 20, 300, 4, 50, 600]), (-1, [1, 20, 300, 4, 50, 600]), (0, [1, 2, 3, 40, 50, 60])])
    func `A scale for each place on an axis`(axis: Int?, expected: [Float]) throws {
        let scales: [Float] = axis == 0 ? [1, 10] : [1, 10, 100]
        var file = QuantizedFile(
            quantized: .int8("q", [2, 3], [1, 2, 3, 4, 5, 6]), scale: .float("s", [scales.count], scales), axis: axis)
        #expect(try folded(file).numbers == expected)
        file.zeroPoint = .int8("z", [scales.count], Array(repeating: 1, count: scales.count))
        #expect(try folded(file).numbers[0] == 0)
    }

    @Test func `A scale for each block, the last one shorter`() throws {
        let rows = QuantizedFile(
            quantized: .int8("q", [2, 3], [1, 2, 3, 4, 5, 6]), scale: .float("s", [2, 2], [1, 10, 100, 1000]),
            zeroPoint: .int8("z", [2, 2], [0, 1, 2, 3]), axis: 1, blockSize: 2)
        #expect(try folded(rows) == ([2, 3], [1, 2, 20, 200, 300, 3000]))
        let columns = QuantizedFile(
            quantized: .int8("q", [3, 2], [1, 2, 3, 4, 5, 6]), scale: .float("s", [2, 2], [1, 10, 100, 1000]),
            axis: 0, blockSize: 2)
        #expect(try folded(columns).numbers == [1, 20, 3, 40, 500, 6000])
        let bias = QuantizedFile(
            quantized: .int8("q", [4], [1, 2, 3, 4]), scale: .float("s", [2], [1, 10]), axis: 0, blockSize: 2)
        #expect(try folded(bias) == ([4], [1, 2, 30, 40]))
    }

    @Test func `Inputs and initialisers that nothing reads any more go, others stay`() throws {
        var file = Self.perTensor
        file.listed = ["q", "s", "left_behind"]
        file.alsoRead = ["s"]
        let bytes = try ONNXFolding.folded(file.bytes, path: "p")
        #expect(try Set(Initializers(bytes).all.keys) == ["s", "w"])
        let summary = try ONNXSummary(bytes, path: "p")
        #expect(summary.inputs.map(\.name) == ["photo"])
        #expect(summary.parameterCount == 7)
    }

    @Test func `The photo's own dequantisation and other makers' nodes stay`() throws {
        var file = Self.perTensor
        file.quantized.name = "other"
        #expect(try ONNXFolding.folded(file.bytes, path: "p") == file.bytes)
        file = Self.perTensor
        file.domain = "com.example"
        #expect(try ONNXFolding.folded(file.bytes, path: "p") == file.bytes)
    }

    @Test func `What can't be computed is refused by the node's name`() throws {
        func expect(_ reason: String, _ change: (inout QuantizedFile) -> Void) {
            var file = Self.perTensor
            change(&file)
            #expect(throws: ModelError.unsupportedLayer(name: "unquantise", reason: reason)) {
                try ONNXFolding.folded(file.bytes, path: "p")
            }
        }
        expect("its numbers are of type 22; int8, uint8 and int32 are known") { $0.quantized.type = 22 }
        expect("its scales are of type 10; only float32 is known") { $0.scale.type = 10 }
        expect("a tensor of shape [2, 3] holds 5 numbers") { $0.quantized.raw.removeLast() }
        expect("a tensor of shape [] holds 0 numbers") { $0.scale.raw = [] }
        expect("zero points of shape [2] don't fit scales of shape []") { $0.zeroPoint = .int8("z", [2], [0, 0]) }
        expect("its zero points are of type 2, its numbers of 3") { $0.zeroPoint = .uint8("z", [], [0]) }
        expect("it has 4 inputs and 1 outputs") {
            $0.zeroPoint = .int8("z", [], [0])
            $0.extraInputs = ["s"]
        }
        func misfit(_ scales: [Int], _ shape: [Int], _ axis: Int, _ block: Int) -> String {
            "scales of shape \(scales) don't fit numbers of shape \(shape) (axis \(axis), block size \(block))"
        }
        let two = QuantizedFile.Constant.float("s", [2], [1, 1])
        expect(misfit([2], [2, 3], 1, 0)) { $0.scale = two }
        for axis in [2, -3, .max, .min] {
            expect(misfit([2], [2, 3], axis, 0)) { ($0.scale, $0.axis) = (two, axis) }
        }
        for block in [-1, 2, .min, .max] {
            expect(misfit([2], [2, 3], 1, block)) { ($0.scale, $0.blockSize) = (two, block) }
        }
        expect(misfit([], [0, 1 << 40, 1 << 40], 1, 0)) { $0.quantized.shape = [0, 1 << 40, 1 << 40] }
        #expect(throws: ModelError.notONNX(path: "p", reason: "its parts don't fit together")) {
            var file = Self.perTensor
            file.quantized.shape = [1 << 40, 1 << 40]
            return try ONNXFolding.folded(file.bytes, path: "p")
        }
    }

    @Test func `Changed bytes never crash`() {
        var random = SeededRandom(seed: 8)
        let bytes = QuantizedFile(
            quantized: .int8("q", [2, 3], [1, 2, 3, 4, 5, 6]), scale: .float("s", [2, 2], [1, 10, 100, 1000]),
            zeroPoint: .int8("z", [2, 2], [0, 1, 2, 3]), axis: 1, blockSize: 2
        ).bytes
        for _ in 0..<4000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: changed.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            do throws(ModelError) { _ = try ONNXFolding.folded(changed, path: "fuzz") } catch {}
        }
    }

    @Test func `An import writes the folded file`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("file.onnx")
        try Data(Self.perTensor.bytes).write(to: URL(fileURLWithPath: path))
        let catalogue = ModelCatalogue(folder: folder.path("models"))
        let model = try catalogue.importONNX(path, options: ImportOptions(name: "folded", source: "a test"))
        #expect((model.manifest.layers, model.manifest.parameters) == (1, 6))
        #expect(try ONNXSummary(contentsOf: model.path).nodes == ["Gemm": 1])
        try catalogue.verify(model)
    }

    @Test(.needsSFaceWeights, .needs(.test))
    func `SFace's weights are those that ONNX' reference computes`() throws {
        let source = try #require(SFaceWeights.file)
        let folder = try TemporaryFolder()
        let path = folder.path("sface.onnx")
        let folded = try ONNXFolding.folded(File.read(source, limit: 1 << 28), path: source)
        try Data(folded).write(to: URL(fileURLWithPath: path))
        let summary = try ONNXSummary(folded, path: path)
        #expect(summary.inputs == [.init(name: "data", shape: [1, 3, 112, 112])])
        #expect(summary.nodes["DequantizeLinear"] == nil)
        let script = """
            import json, sys, numpy, onnx
            from onnx import helper, numpy_helper
            from onnx.reference import ReferenceEvaluator
            quantised, folded = onnx.load(sys.argv[1]), onnx.load(sys.argv[2])
            onnx.checker.check_model(folded, full_check=True)
            constants = {t.name: numpy_helper.to_array(t) for t in quantised.graph.initializer}
            found = {t.name: numpy_helper.to_array(t) for t in folded.graph.initializer}
            worst, count = 0.0, 0
            for node in quantised.graph.node:
                if node.op_type != "DequantizeLinear": continue
                expected = ReferenceEvaluator(node).run(None, {name: constants[name] for name in node.input})[0]
                assert expected.shape == found[node.output[0]].shape
                worst = max(worst, float(numpy.abs(expected - found[node.output[0]]).max() / numpy.abs(expected).max()))
                count += 1
            print(json.dumps([worst, count]))
            """
        let result = try JSONDecoder().decode([Double].self, from: PythonEnvironment.test.run(script, [source, path]))
        #expect(result[0] < 1e-6)
        #expect(result[1] == 29)
    }
}
