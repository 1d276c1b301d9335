/// Builds an ONNX model node by node. Field numbers are those of `onnx.proto`, IR version 8.
struct ONNXGraph {
    enum Attribute {
        case integer(Int)
        case integers([Int])
        case float(Float)
    }

    private let name: String
    private var nodes = Protobuf.Writer()
    private var initializers = Protobuf.Writer()
    private var input: (name: String, shape: [Int]) = ("", [])
    private var output: (name: String, shape: [Int]) = ("", [])
    private var aliases: [String: String] = [:]

    init(name: String) { self.name = name }

    /// `shape` is without the batch.
    mutating func setInput(_ name: String, shape: [Int]) { input = (name, shape) }

    /// `shape` is without the batch.
    mutating func setOutput(_ name: String, shape: [Int]) { output = (name, shape) }

    /// Nodes that are said to read `name` read `other` from here on.
    mutating func alias(_ name: String, as other: String) { aliases[name] = other }

    /// A node with one output, of the node's own name.
    mutating func node(
        _ type: String, _ name: String, _ inputs: [String] = [], _ attributes: [(String, Attribute)] = []
    ) {
        node(type, name, inputs) { node in
            for (name, value) in attributes {
                node.write(5) { attribute in
                    attribute.write(1, name)
                    switch value {
                    case .float(let number):
                        attribute.write(2, float: number)
                        attribute.write(20, 1)
                    case .integer(let number):
                        attribute.write(3, number)
                        attribute.write(20, 2)
                    case .integers(let numbers):
                        for number in numbers { attribute.write(8, number) }
                        attribute.write(20, 7)
                    }
                }
            }
        }
    }

    /// A constant that is not learned: a scalar, or `count` times the same number. Gives its name.
    mutating func constant(_ name: String, _ value: Float, count: Int? = nil) -> String {
        let tensor = Tensor(
            shape: count.map { [$0] } ?? [], values: Array(repeating: value, count: count ?? 1))
        node("Constant", name, []) { node in
            node.write(5) { attribute in
                attribute.write(1, "value")
                attribute.write(5) { Self.write(tensor, into: &$0) }
                attribute.write(20, 4)
            }
        }
        return name
    }

    /// A learned tensor.
    mutating func initializer(_ name: String, _ tensor: Tensor) {
        initializers.write(5) { message in
            message.write(8, name)
            Self.write(tensor, into: &message)
        }
    }

    /// The bytes of the file.
    func model() -> [UInt8] {
        var model = Protobuf.Writer()
        model.write(1, 8)
        model.write(2, "faceprint")
        model.write(7) { graph in
            graph.append(nodes)
            graph.write(2, name)
            graph.append(initializers)
            graph.write(11) { Self.write(input, into: &$0) }
            graph.write(12) { Self.write(output, into: &$0) }
        }
        model.write(8) { operators in operators.write(2, 17) }
        return model.bytes
    }

    private mutating func node(
        _ type: String, _ name: String, _ inputs: [String], attributes: (inout Protobuf.Writer) -> Void
    ) {
        nodes.write(1) { node in
            for input in inputs { node.write(1, aliases[input] ?? input) }
            node.write(2, name)
            node.write(3, name)
            node.write(4, type)
            attributes(&node)
        }
    }

    static func write(_ tensor: Tensor, into message: inout Protobuf.Writer) {
        tensor.values.withUnsafeBytes { write(.float, shape: tensor.shape, bytes: $0, into: &message) }
    }

    /// - Parameter bytes: Little-endian numbers, as many as the product of the shape.
    static func write(
        _ type: ONNXElement, shape: [Int], bytes: some Collection<UInt8>, into message: inout Protobuf.Writer
    ) {
        for side in shape { message.write(1, side) }
        message.write(2, type.rawValue)
        message.write(9, bytes: bytes)
    }

    private static func write(_ port: (name: String, shape: [Int]), into value: inout Protobuf.Writer) {
        value.write(1, port.name)
        value.write(2) { type in
            type.write(1) { tensor in
                tensor.write(1, ONNXElement.float.rawValue)
                tensor.write(2) { shape in
                    shape.write(1) { $0.write(2, "batch") }
                    for side in port.shape { shape.write(1) { $0.write(1, side) } }
                }
            }
        }
    }
}

/// `TensorProto.DataType`, as far as it is used.
enum ONNXElement: Int {
    case float = 1
    case uint8 = 2
    case int8 = 3
    case int32 = 6
    case int64 = 7
}
