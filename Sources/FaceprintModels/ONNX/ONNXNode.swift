/// A node of an ONNX file: what it reads and gives, which may be changed, and the attributes that are needed here.
struct ONNXNode {
    var name = ""
    var type = ""
    var domain = ""
    var inputs: [String] = []
    var outputs: [String] = []
    /// The attributes that are whole numbers.
    var integers: [String: Int] = [:]
    /// The attributes that are fractions.
    var floats: [String: Float] = [:]
    /// The attribute `value` of a Constant: a TensorProto.
    var value: ArraySlice<UInt8>?
    /// Whether an attribute is a graph, whose nodes may read names of this one.
    var hasSubgraph = false
    /// All fields but the inputs and outputs.
    private var otherFields = Protobuf.Writer()

    /// - Parameter message: A NodeProto.
    init(_ message: ArraySlice<UInt8>) throws {
        try Protobuf.forEachRawField(of: message) { field, value, raw in
            switch (field, value) {
            case (1, .bytes(let content)): return inputs.append(String(decoding: content, as: UTF8.self))
            case (2, .bytes(let content)): return outputs.append(String(decoding: content, as: UTF8.self))
            case (3, .bytes(let content)): name = String(decoding: content, as: UTF8.self)
            case (4, .bytes(let content)): type = String(decoding: content, as: UTF8.self)
            case (5, .bytes(let content)): try read(attribute: content)
            case (7, .bytes(let content)): domain = String(decoding: content, as: UTF8.self)
            default: break
            }
            otherFields.append(raw: raw)
        }
    }

    /// A node of ONNX' own operators.
    init(_ type: String, _ name: String, inputs: [String], axis: Int? = nil) {
        self.type = type
        self.name = name
        self.inputs = inputs
        outputs = [name]
        otherFields.write(3, name)
        otherFields.write(4, type)
        guard let axis else { return }
        integers["axis"] = axis
        otherFields.write(5) { attribute in
            attribute.write(1, "axis")
            attribute.write(3, axis)
            attribute.write(20, 2)
        }
    }

    private mutating func read(attribute: ArraySlice<UInt8>) throws {
        var name = ""
        var integer: Int?
        var float: Float?
        var tensor: ArraySlice<UInt8>?
        try Protobuf.forEachField(of: attribute) { field, value in
            switch (field, value) {
            case (1, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
            case (2, .fixed(let bits)): float = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            case (3, .number(let number)): integer = Int(truncatingIfNeeded: number)
            case (5, .bytes(let content)): tensor = content
            case (6, .bytes), (11, .bytes): hasSubgraph = true
            default: break
            }
        }
        if let integer { integers[name] = integer }
        if let float { floats[name] = float }
        if let tensor, name == "value" { value = tensor }
    }
}

extension ONNXNode {
    /// What people know it by: many files name outputs only.
    var label: String { name.isEmpty ? outputs.first ?? type : name }

    /// The node as a NodeProto: its inputs and outputs as they are now, all else as it was read.
    func written() -> [UInt8] {
        var writer = Protobuf.Writer()
        for input in inputs { writer.write(1, input) }
        for output in outputs { writer.write(2, output) }
        writer.append(otherFields)
        return writer.bytes
    }

    /// Whether it is of that type of ONNX' own operators.
    func isStandard(_ type: String) -> Bool { self.type == type && (domain.isEmpty || domain == "ai.onnx") }
}
