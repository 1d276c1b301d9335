@testable import FaceprintModels

/// A small ONNX encoder, 3×2×2 to 4, with one DequantizeLinear; field numbers as in `onnx.proto`.
struct QuantizedFile {
    struct Constant {
        var name: String
        var shape: [Int]
        var type: Int
        var raw: [UInt8]

        static func int8(_ name: String, _ shape: [Int], _ numbers: [Int8]) -> Constant {
            Constant(name: name, shape: shape, type: 3, raw: numbers.map { UInt8(bitPattern: $0) })
        }

        static func uint8(_ name: String, _ shape: [Int], _ numbers: [UInt8]) -> Constant {
            Constant(name: name, shape: shape, type: 2, raw: numbers)
        }

        static func int32(_ name: String, _ shape: [Int], _ numbers: [Int32]) -> Constant {
            Constant(name: name, shape: shape, type: 6, raw: numbers.withUnsafeBytes { Array($0) })
        }

        static func float(_ name: String, _ shape: [Int], _ numbers: [Float]) -> Constant {
            Constant(name: name, shape: shape, type: 1, raw: numbers.withUnsafeBytes { Array($0) })
        }
    }

    var quantized: Constant
    var scale: Constant
    var zeroPoint: Constant?
    var axis: Int?
    var blockSize: Int?
    var domain = ""
    var extraInputs: [String] = []
    /// Names that stand among the inputs beside the photo.
    var listed: [String] = []
    /// What a second node reads beside the photo and the weight.
    var alsoRead: [String] = []

    var bytes: [UInt8] {
        var model = Protobuf.Writer()
        model.write(1, 10)
        model.write(7) { graph in
            graph.write(1) { node in
                node.write(1, "q")
                node.write(1, "s")
                if zeroPoint != nil { node.write(1, "z") }
                for name in extraInputs { node.write(1, name) }
                node.write(2, "w")
                node.write(3, "unquantise")
                node.write(4, "DequantizeLinear")
                for (name, value) in [("axis", axis), ("block_size", blockSize)] {
                    guard let value else { continue }
                    node.write(5) {
                        $0.write(1, name)
                        $0.write(3, value)
                        $0.write(20, 2)
                    }
                }
                node.write(7, domain)
            }
            graph.write(1) { node in
                for name in ["photo", "w"] + alsoRead { node.write(1, name) }
                node.write(2, "vector")
                node.write(4, "Gemm")
            }
            graph.write(2, "graph")
            for constant in [quantized, scale, zeroPoint].compactMap({ $0 }) {
                graph.write(5) { tensor in
                    for side in constant.shape { tensor.write(1, side) }
                    tensor.write(2, constant.type)
                    tensor.write(8, constant.name)
                    tensor.write(9, bytes: constant.raw)
                }
            }
            Self.write(11, "photo", [1, 3, 2, 2], into: &graph)
            for name in listed { Self.write(11, name, [1], into: &graph) }
            Self.write(12, "vector", [1, 4], into: &graph)
        }
        model.write(8) { $0.write(2, 21) }
        return model.bytes
    }

    private static func write(_ field: Int, _ name: String, _ shape: [Int], into graph: inout Protobuf.Writer) {
        graph.write(field) { port in
            port.write(1, name)
            port.write(2) { type in
                type.write(1) { tensor in
                    tensor.write(1, 1)
                    tensor.write(2) { sides in for side in shape { sides.write(1) { $0.write(1, side) } } }
                }
            }
        }
    }
}

/// The names and, for float32, the numbers of a graph's initialisers.
struct Initializers {
    private(set) var all: [String: ONNXTensor] = [:]

    init(_ model: [UInt8]) throws {
        try Protobuf.forEachField(of: model[...]) { field, value in
            guard case (7, .bytes(let graph)) = (field, value) else { return }
            try Protobuf.forEachField(of: graph) { field, value in
                guard case (5, .bytes(let tensor)) = (field, value) else { return }
                try Protobuf.forEachField(of: tensor) { field, value in
                    guard case (8, .bytes(let name)) = (field, value) else { return }
                    all[String(decoding: name, as: UTF8.self)] = try ONNXTensor(tensor)
                }
            }
        }
    }
}
