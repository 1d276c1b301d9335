/// Replaces each DequantizeLinear over constants by the float32 initialiser that it computes.
///
/// OpenVINO refuses some of these nodes, such as a bias in blocks, and would compute the others anyhow. All else in the
/// file is carried over as it is, but for what this leaves without a reader: the quantised initialisers, and the inputs
/// that quantisers leave behind under the weights' old names.
enum ONNXFolding {
    /// How many numbers all the results may have together: 1 GiB.
    private static let limit = 1 << 28

    /// - Returns: The folded file, or the same bytes when there is nothing to fold.
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for a node that can't be computed.
    static func folded(_ bytes: [UInt8], path: String) throws(ModelError) -> [UInt8] {
        do {
            return try folded(model: bytes)
        } catch let error as ModelError {
            throw error
        } catch {
            throw .notONNX(path: path, reason: "its parts don't fit together")
        }
    }

    private static func folded(model: [UInt8]) throws -> [UInt8] {
        var graphs: [ArraySlice<UInt8>] = []
        try Protobuf.forEachField(of: model[...]) { field, value in
            if case (7, .bytes(let graph)) = (field, value) { graphs.append(graph) }
        }
        guard graphs.count == 1, let graph = try folded(graph: graphs[0]) else { return model }
        return try Protobuf.rewritten(model[...]) { field, _, writer in
            guard field == 7 else { return false }
            writer.write(7, bytes: graph)
            return true
        }
    }

    /// nil when there is nothing to fold.
    private static func folded(graph: ArraySlice<UInt8>) throws -> [UInt8]? {
        let content = try Content(graph)
        guard !content.foldable.isEmpty else { return nil }
        var writer = Protobuf.Writer()
        var index = 0
        try Protobuf.forEachRawField(of: graph) { field, value, raw in
            guard case .bytes(let message) = value else { return writer.append(raw: raw) }
            let isKept: Bool
            switch field {
            case 1:
                isKept = !content.foldable.contains(index)
                index += 1
            case 5: isKept = try content.keepsInitializer(Protobuf.text(8, of: message))
            case 11: isKept = try content.keepsInput(Protobuf.text(1, of: message))
            default: isKept = true
            }
            if isKept { writer.append(raw: raw) }
        }
        var total = 0
        for node in content.nodes.indices where content.foldable.contains(node) {
            let node = content.nodes[node]
            let tensor = try dequantized(node, content.constants, room: limit - total)
            total += tensor.values.count
            writer.write(5) { message in
                message.write(8, node.outputs[0])
                ONNXGraph.write(tensor, into: &message)
            }
        }
        return writer.bytes
    }

    private static func dequantized(
        _ node: ONNXNode, _ constants: [String: ArraySlice<UInt8>], room: Int
    ) throws -> Tensor {
        let inputs = try node.inputs.map { try constants[$0].map(ONNXTensor.init) }
        guard (2...3).contains(inputs.count), node.outputs.count == 1, let quantized = inputs[0], let scale = inputs[1]
        else {
            throw ModelError.unsupportedLayer(
                name: node.label, reason: "it has \(inputs.count) inputs and \(node.outputs.count) outputs")
        }
        guard quantized.count <= room else {
            throw ModelError.unsupportedLayer(name: node.label, reason: "the file's weights are too large in float32")
        }
        do {
            return try Dequantization(node)(quantized, scale: scale, zeroPoint: inputs.count == 3 ? inputs[2] : nil)
        } catch {
            throw ModelError.unsupportedLayer(name: node.label, reason: error.reason)
        }
    }
}

/// What stands in a graph, and who reads what.
private struct Content {
    private(set) var nodes: [ONNXNode] = []
    /// TensorProto messages of initialisers and Constant nodes, by name.
    private(set) var constants: [String: ArraySlice<UInt8>] = [:]
    /// Places of the nodes that are to be replaced.
    private(set) var foldable: Set<Int> = []
    private var initializers: Set<String> = []
    /// What the nodes read that stay, and what the graph gives out.
    private var isRead: Set<String> = []
    /// What the nodes read that go.
    private var wasRead: Set<String> = []
    private var hasSubgraph = false

    init(_ graph: ArraySlice<UInt8>) throws {
        try Protobuf.forEachField(of: graph) { field, value in
            guard case .bytes(let content) = value else { return }
            switch field {
            case 1: nodes.append(try ONNXNode(content))
            case 5:
                let name = try Protobuf.text(8, of: content)
                initializers.insert(name)
                constants[name] = content
            case 12: isRead.insert(try Protobuf.text(1, of: content))
            default: break
            }
        }
        for node in nodes where node.isStandard("Constant") {
            if let name = node.outputs.first, let value = node.value { constants[name] = value }
        }
        // An empty name stands for an input that is left out.
        constants[""] = nil
        for (index, node) in nodes.enumerated() {
            hasSubgraph = hasSubgraph || node.hasSubgraph
            let isFoldable =
                node.isStandard("DequantizeLinear") && node.inputs.allSatisfy { $0.isEmpty || constants[$0] != nil }
            if isFoldable {
                foldable.insert(index)
                wasRead.formUnion(node.inputs)
            } else {
                isRead.formUnion(node.inputs)
            }
        }
    }

    func keepsInitializer(_ name: String) -> Bool { hasSubgraph || isRead.contains(name) || !wasRead.contains(name) }

    func keepsInput(_ name: String) -> Bool {
        hasSubgraph || isRead.contains(name) || (initializers.contains(name) && keepsInitializer(name))
    }
}
