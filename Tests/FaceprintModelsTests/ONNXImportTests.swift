import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

/// A small ONNX file of one node; field numbers as in `onnx.proto`.
private struct ONNXFile {
    typealias Port = (name: String, shape: [Int?])

    var inputs: [Port] = [("photo", [nil, 3, 112, 96])]
    var outputs: [Port] = [("vector", [nil, 128])]
    /// Name, shape, and whether the sides are packed together.
    var initializers: [(name: String, shape: [Int], packed: Bool)] = [("weight", [2, 3], false)]

    var bytes: [UInt8] {
        var model = Protobuf.Writer()
        model.write(1, 8)
        model.write(7) { graph in
            graph.write(1) { $0.write(4, "Gemm") }
            for (name, shape, packed) in initializers {
                graph.write(5) { tensor in
                    if packed {
                        tensor.write(1, bytes: shape.map { UInt8($0) })
                    } else {
                        for side in shape { tensor.write(1, side) }
                    }
                    tensor.write(8, name)
                }
            }
            for port in inputs { graph.write(11) { Self.write(port, into: &$0) } }
            for port in outputs { graph.write(12) { Self.write(port, into: &$0) } }
        }
        return model.bytes
    }

    private static func write(_ port: Port, into value: inout Protobuf.Writer) {
        value.write(1, port.name)
        value.write(2) { type in
            type.write(1) { tensor in
                tensor.write(2) { shape in
                    for side in port.shape { shape.write(1) { if let side { $0.write(1, side) } } }
                }
            }
        }
    }
}

@Suite("ONNX import")
struct ONNXImportTests {
    private let folder: TemporaryFolder
    private let path: String
    private let catalogue: ModelCatalogue

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("file.onnx")
        catalogue = ModelCatalogue(folder: folder.path("models"))
    }

    private func importing(_ file: ONNXFile) throws -> Model {
        try Data(file.bytes).write(to: URL(fileURLWithPath: path))
        return try catalogue.importONNX(path, options: ImportOptions(name: "other", channels: .bgr, source: "a test"))
    }

    @Test func `The order of a picture's numbers is found from the shape`() throws {
        let first = try importing(ONNXFile()).manifest
        #expect(
            first.input
                == .init(name: "photo", width: 96, height: 112, layout: .channelsFirst, channels: .bgr, batch: nil))
        #expect((first.output, first.embeddingLength) == ("vector", 128))
        let last = try importing(ONNXFile(inputs: [("photo", [1, 112, 96, 3])])).manifest
        #expect(
            last.input == .init(name: "photo", width: 96, height: 112, layout: .channelsLast, channels: .bgr, batch: 1))
    }

    @Test func `The file is kept as it is`() throws {
        let file = ONNXFile()
        let model = try importing(file)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: model.path))) == file.bytes)
    }

    @Test func `Initialisers are counted as parameters, and not as inputs where they are listed there`() throws {
        var file = ONNXFile()
        file.inputs = [("weight", [2, 3]), ("photo", [1, 3, 8, 8]), ("bias", [4])]
        file.initializers = [("weight", [2, 3], false), ("bias", [4], true), ("scale", [], false)]
        let manifest = try importing(file).manifest
        #expect(manifest.input.name == "photo")
        #expect(manifest.parameters == 6 + 4 + 1)
        #expect(manifest.layers == 1)
    }

    @Test func `A batch that the file fixes is opened where that is asked for`() throws {
        var file = ONNXFile()
        file.inputs = [("weight", [2, 3]), ("photo", [1, 3, 112, 96])]
        file.outputs = [("vector", [1, 128])]
        #expect(try importing(file).manifest.input.batch == 1)
        let options = ImportOptions(name: "open", opensBatch: true, source: "a test")
        let model = try catalogue.importONNX(path, options: options)
        #expect(model.manifest.input.batch == nil)
        #expect((model.manifest.input.width, model.manifest.input.height) == (96, 112))
        #expect((model.manifest.embeddingLength, model.manifest.parameters) == (128, 6))
        // Nothing else changes: what the file would be without the sizes.
        file.inputs[1].shape[0] = nil
        file.outputs[0].shape[0] = nil
        let summary = try ONNXSummary(contentsOf: model.path)
        #expect(try summary == ONNXSummary(file.bytes, path: "p"))
    }

    @Test func `Other networks are refused with the reason`() throws {
        func expect(_ reason: String, _ change: (inout ONNXFile) -> Void) {
            var file = ONNXFile()
            change(&file)
            #expect(throws: ModelError.notAnEncoder(path: path, reason: reason)) { try importing(file) }
        }
        expect("it has 2 inputs (photo, length)") { $0.inputs.append(("length", [1])) }
        expect("it has 0 inputs ()") { $0.inputs = [] }
        expect("it has 2 outputs") { $0.outputs.append(("boxes", [1, 4])) }
        expect("it has 0 outputs") { $0.outputs = [] }
        expect("its input is not an image of fixed size") { $0.inputs = [("text", [nil, 77])] }
        expect("its input is not an image of fixed size") { $0.inputs = [("photo", [nil, 3, nil, nil])] }
        expect("its input has no three colour channels") { $0.inputs = [("photo", [1, 1, 28, 28])] }
        expect("its output is not a vector of fixed length") { $0.outputs = [("map", [1, 5, 7, 7])] }
        expect("its output is not a vector of fixed length") { $0.outputs = [("score", [1, 1])] }
        expect("its output is not a vector of fixed length") { $0.outputs = [("vector", [nil, nil])] }
        #expect(catalogue.names() == [])
    }

    @Test func `What is no ONNX file is refused`() throws {
        let options = ImportOptions(name: "other", source: "a test")
        #expect(throws: ModelError.file(.missing(path: path))) { try catalogue.importONNX(path, options: options) }
        for text in ["x", "not a model\n", "\u{0}\u{0}\u{0}", "{}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let error = try #require(throws: ModelError.self) { try catalogue.importONNX(path, options: options) }
            guard case .notONNX = error else {
                Issue.record("unexpected: \(error)")
                continue
            }
        }
    }

    @Test func `A file cut short at any byte is refused`() throws {
        let bytes = ONNXFile().bytes
        #expect(try ONNXSummary(bytes, path: "whole").nodes == ["Gemm": 1])
        for length in bytes.indices {
            #expect(throws: ModelError.self, "\(length) bytes") {
                try ONNXSummary(Array(bytes.prefix(length)), path: "cut")
            }
        }
    }

    @Test func `Sizes that overflow are refused`() {
        for shape in [[Int.max, 2], [-1, -1], [1 << 32, 1 << 32]] {
            let file = ONNXFile(initializers: [("weight", shape, false)])
            #expect(throws: ModelError.notONNX(path: "p", reason: "its parts don't fit together")) {
                try ONNXSummary(file.bytes, path: "p")
            }
        }
        let file = ONNXFile(initializers: [("a", [.max], false), ("b", [.max], false)])
        #expect(throws: ModelError.self) { try ONNXSummary(file.bytes, path: "p") }
    }

    @Test func `Changed and random bytes never crash`() {
        var random = SeededRandom(seed: 6)
        let bytes = ONNXFile().bytes
        for round in 0..<4000 {
            var changed = bytes
            if round.isMultiple(of: 2) {
                changed = (0..<Int.random(in: 1...64, using: &random)).map { _ in .random(in: 0...255, using: &random) }
            } else {
                let place = Int.random(in: changed.indices, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            do throws(ModelError) { _ = try ONNXSummary(changed, path: "fuzz") } catch {}
        }
    }
}
