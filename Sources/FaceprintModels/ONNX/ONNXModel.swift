/// An ONNX file with its graph taken apart, so that nodes and constants can be changed; all else stays as it was read.
struct ONNXModel {
    /// A TensorProto with its name.
    struct Initializer {
        let name: String
        let message: ArraySlice<UInt8>
    }

    /// In an order in which they can be computed.
    var nodes: [ONNXNode] = []
    var initializers: [Initializer] = []
    /// The names of the graph's inputs; older files list the initialisers among them.
    private(set) var inputs: [String] = []
    private(set) var outputs: [String] = []
    /// The version of ONNX' own operators.
    private(set) var operatorSet = 0
    private var inputMessages: [ArraySlice<UInt8>] = []
    /// Fields of the graph, and of the file around it, that aren't looked at.
    private var otherGraphFields = Protobuf.Writer()
    private var otherFields = Protobuf.Writer()

    /// - Throws: ``ModelError/notONNX(path:reason:)``.
    init(_ bytes: [UInt8], path: String) throws(ModelError) {
        var graphs = 0
        do {
            try Protobuf.forEachRawField(of: bytes[...]) { field, value, raw in
                if case (7, .bytes(let graph)) = (field, value) {
                    graphs += 1
                    return try read(graph: graph)
                }
                if case (8, .bytes(let operators)) = (field, value) { try read(operators: operators) }
                otherFields.append(raw: raw)
            }
        } catch {
            throw .notONNX(path: path, reason: "its parts don't fit together")
        }
        guard graphs == 1 else { throw .notONNX(path: path, reason: "it holds \(graphs) graphs") }
    }

    private mutating func read(graph: ArraySlice<UInt8>) throws {
        try Protobuf.forEachRawField(of: graph) { field, value, raw in
            guard case .bytes(let message) = value else { return otherGraphFields.append(raw: raw) }
            switch field {
            case 1: nodes.append(try ONNXNode(message))
            case 5: initializers.append(Initializer(name: try Protobuf.text(8, of: message), message: message))
            case 11:
                inputs.append(try Protobuf.text(1, of: message))
                inputMessages.append(message)
            case 12:
                outputs.append(try Protobuf.text(1, of: message))
                otherGraphFields.append(raw: raw)
            default: otherGraphFields.append(raw: raw)
            }
        }
    }

    private mutating func read(operators: ArraySlice<UInt8>) throws {
        guard try ["", "ai.onnx"].contains(Protobuf.text(1, of: operators)) else { return }
        try Protobuf.forEachField(of: operators) { field, value in
            if case (2, .number(let version)) = (field, value) { operatorSet = Int(clamping: version) }
        }
    }

    /// Adds a tensor for nodes to read.
    mutating func add(_ name: String, _ write: (inout Protobuf.Writer) -> Void) {
        var message = Protobuf.Writer()
        message.write(8, name)
        write(&message)
        initializers.append(Initializer(name: name, message: message.bytes[...]))
    }

    /// Takes out what nobody reads: nodes, initialisers, and inputs of the graph. Where a node has a graph of its own,
    /// which may read anything, all stays.
    ///
    /// - Parameter more: Names that are read besides.
    mutating func removeUnread(but more: [String] = []) {
        guard !nodes.contains(where: \.hasSubgraph) else { return }
        var read = Set(outputs + more)
        var kept: [ONNXNode] = []
        for node in nodes.reversed() where node.outputs.contains(where: read.contains) {
            read.formUnion(node.inputs)
            kept.append(node)
        }
        nodes = kept.reversed()
        initializers.removeAll { !read.contains($0.name) }
        let ports = zip(inputs, inputMessages).filter { read.contains($0.0) }
        inputs = ports.map(\.0)
        inputMessages = ports.map(\.1)
    }

    /// The bytes of the file.
    ///
    /// - Parameter more: Names of float32 numbers that the graph is to give out besides its own outputs.
    func written(givingAlso more: [String] = []) -> [UInt8] {
        var graph = Protobuf.Writer()
        for node in nodes { graph.write(1, bytes: node.written()) }
        for tensor in initializers { graph.write(5, bytes: tensor.message) }
        for input in inputMessages { graph.write(11, bytes: input) }
        graph.append(otherGraphFields)
        for name in more {
            graph.write(12) { port in
                port.write(1, name)
                port.write(2) { type in type.write(1) { $0.write(1, ONNXElement.float.rawValue) } }
            }
        }
        var model = otherFields
        model.write(7, bytes: graph.bytes)
        return model.bytes
    }
}

extension ONNXModel {
    /// The TensorProto messages of all constants by name: initialisers, and what Constant nodes hold.
    var constants: [String: ArraySlice<UInt8>] {
        var constants: [String: ArraySlice<UInt8>] = [:]
        for tensor in initializers { constants[tensor.name] = tensor.message }
        for node in nodes where node.isStandard("Constant") {
            if let name = node.outputs.first, let value = node.value { constants[name] = value }
        }
        // An empty name stands for an input that is left out.
        constants[""] = nil
        return constants
    }
}
