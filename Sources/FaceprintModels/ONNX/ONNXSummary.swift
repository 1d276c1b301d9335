import FaceprintFiles

/// What an ONNX file says of itself, read without running it.
public struct ONNXSummary: Hashable, Sendable {
    /// An input or output.
    public struct Port: Hashable, Sendable {
        public var name: String
        /// nil for a side that is left open, such as the batch.
        public var shape: [Int?]
    }

    /// Without the initialisers, which older files list among the inputs.
    public var inputs: [Port] = []
    public var outputs: [Port] = []
    /// How many nodes of each type there are.
    public var nodes: [String: Int] = [:]
    /// How many numbers the initialisers hold.
    public var parameterCount = 0

    /// - Throws: ``ModelError`` when the file can't be read or is not ONNX.
    public init(contentsOf path: String) throws(ModelError) {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: 2 << 30) } catch { throw .file(error) }
        try self.init(bytes, path: path)
    }

    /// - Parameter path: For the error's text.
    init(_ bytes: [UInt8], path: String) throws(ModelError) {
        do {
            try read(model: bytes[...])
        } catch {
            throw .notONNX(path: path, reason: "its parts don't fit together")
        }
        guard !nodes.isEmpty else { throw .notONNX(path: path, reason: "it holds no graph") }
    }

    private mutating func read(model: ArraySlice<UInt8>) throws {
        try Protobuf.forEachField(of: model) { field, value in
            if case (7, .bytes(let graph)) = (field, value) { try read(graph: graph) }
        }
    }

    private mutating func read(graph: ArraySlice<UInt8>) throws {
        var initializers: Set<String> = []
        try Protobuf.forEachField(of: graph) { field, value in
            guard case .bytes(let content) = value else { return }
            switch field {
            case 1: nodes[try Protobuf.text(4, of: content), default: 0] += 1
            case 5:
                initializers.insert(try Protobuf.text(8, of: content))
                parameterCount = try parameterCount.addingChecked(Self.elementCount(of: content))
            case 11: inputs.append(try Self.port(content))
            case 12: outputs.append(try Self.port(content))
            default: break
            }
        }
        inputs.removeAll { initializers.contains($0.name) }
    }

    /// The product of a tensor's sides, which are single numbers or packed together.
    private static func elementCount(of tensor: ArraySlice<UInt8>) throws -> Int {
        var count = 1
        try Protobuf.forEachField(of: tensor) { field, value in
            guard field == 1 else { return }
            switch value {
            case .number(let side): count = try count.multiplyingChecked(side)
            case .bytes(let packed):
                for side in try Protobuf.packedNumbers(packed) { count = try count.multiplyingChecked(side) }
            case .fixed: throw Protobuf.Malformed()
            }
        }
        return count
    }

    private static func port(_ message: ArraySlice<UInt8>) throws -> Port {
        var port = Port(name: try Protobuf.text(1, of: message), shape: [])
        // ValueInfoProto.type . tensor_type . shape . dim . dim_value
        try descend(message, [2, 1, 2, 1]) { side in
            var size: Int?
            try Protobuf.forEachField(of: side) { field, value in
                if case (1, .number(let number)) = (field, value), number > 0 { size = Int(clamping: number) }
            }
            port.shape.append(size)
        }
        return port
    }

    /// Calls the body with each message that the path of field numbers leads to.
    private static func descend(
        _ message: ArraySlice<UInt8>, _ path: [Int], _ body: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        guard let first = path.first else { return try body(message) }
        try Protobuf.forEachField(of: message) { field, value in
            if field == first, case .bytes(let inner) = value {
                try descend(inner, Array(path.dropFirst()), body)
            }
        }
    }
}

extension Int {
    fileprivate func multiplyingChecked(_ other: UInt64) throws -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: Int(clamping: other))
        if overflow { throw Protobuf.Malformed() }
        return product
    }

    fileprivate func addingChecked(_ other: Int) throws -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        if overflow { throw Protobuf.Malformed() }
        return sum
    }
}
