/// A node of an ONNX file, as far as folding constants needs it.
struct ONNXNode {
    var name = ""
    var type = ""
    var domain = ""
    var inputs: [String] = []
    var outputs: [String] = []
    /// The attributes that are whole numbers.
    var integers: [String: Int] = [:]
    /// The attribute `value` of a Constant: a TensorProto.
    var value: ArraySlice<UInt8>?
    /// Whether an attribute is a graph, whose nodes may read names of this one.
    var hasSubgraph = false

    /// - Parameter message: A NodeProto.
    init(_ message: ArraySlice<UInt8>) throws {
        try Protobuf.forEachField(of: message) { field, value in
            guard case .bytes(let content) = value else { return }
            switch field {
            case 1: inputs.append(String(decoding: content, as: UTF8.self))
            case 2: outputs.append(String(decoding: content, as: UTF8.self))
            case 3: name = String(decoding: content, as: UTF8.self)
            case 4: type = String(decoding: content, as: UTF8.self)
            case 5: try read(attribute: content)
            case 7: domain = String(decoding: content, as: UTF8.self)
            default: break
            }
        }
    }

    private mutating func read(attribute: ArraySlice<UInt8>) throws {
        var name = ""
        var integer: Int?
        var tensor: ArraySlice<UInt8>?
        try Protobuf.forEachField(of: attribute) { field, value in
            switch (field, value) {
            case (1, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
            case (3, .number(let number)): integer = Int(truncatingIfNeeded: number)
            case (5, .bytes(let content)): tensor = content
            case (6, .bytes), (11, .bytes): hasSubgraph = true
            default: break
            }
        }
        if let integer { integers[name] = integer }
        if let tensor, name == "value" { value = tensor }
    }
}

extension ONNXNode {
    /// What people know it by: many files name outputs only.
    var label: String { name.isEmpty ? outputs.first ?? type : name }

    /// Whether it is of that type of ONNX' own operators.
    func isStandard(_ type: String) -> Bool { self.type == type && (domain.isEmpty || domain == "ai.onnx") }
}
