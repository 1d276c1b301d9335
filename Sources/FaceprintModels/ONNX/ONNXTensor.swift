/// A constant of an ONNX file, whose numbers are not taken out before they are asked for.
struct ONNXTensor {
    /// Why its numbers can't be used.
    struct Refusal: Error {
        let reason: String
    }

    private(set) var shape: [Int] = []
    private(set) var type = 0
    /// How many numbers the shape makes.
    private(set) var count = 1
    /// Little-endian numbers, one after another.
    private var raw: ArraySlice<UInt8>?
    /// Floats one after another, in files that don't use `raw`.
    private var floats: ArraySlice<UInt8> = []
    /// Small numbers in files that don't use `raw`.
    private var numbers: [UInt64] = []

    /// - Parameter message: A TensorProto.
    init(_ message: ArraySlice<UInt8>) throws {
        try Protobuf.forEachField(of: message) { field, value in
            switch (field, value) {
            case (1, .number(let side)): try append(side)
            case (1, .bytes(let sides)): for side in try Protobuf.packedNumbers(sides) { try append(side) }
            case (2, .number(let number)): type = Int(clamping: number)
            case (4, .bytes(let content)): floats += content
            case (5, .number(let number)): numbers.append(number)
            case (5, .bytes(let content)): numbers += try Protobuf.packedNumbers(content)
            case (9, .bytes(let content)): raw = content
            default: break
            }
        }
    }

    private mutating func append(_ side: UInt64) throws {
        let side = Int(clamping: side)
        let (product, overflow) = count.multipliedReportingOverflow(by: side)
        if overflow { throw Protobuf.Malformed() }
        shape.append(side)
        count = product
    }
}

extension ONNXTensor {
    /// The numbers of a tensor of int8, uint8 or int32.
    func integers() throws(Refusal) -> [Int32] {
        switch ONNXElement(rawValue: type) {
        case .int8: try integers(Int8.self)
        case .uint8: try integers(UInt8.self)
        case .int32: try integers(Int32.self)
        default: throw Refusal(reason: "its numbers are of type \(type); int8, uint8 and int32 are known")
        }
    }

    /// The numbers of a tensor of float32.
    func floatNumbers() throws(Refusal) -> [Float] {
        guard type == ONNXElement.float.rawValue else {
            throw Refusal(reason: "its scales are of type \(type); only float32 is known")
        }
        let content = raw ?? floats
        try require(content.count, of: MemoryLayout<Float>.size)
        return content.withUnsafeBytes { bytes in
            (0..<count).map {
                Float(bitPattern: .init(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }

    private func integers<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type
    ) throws(Refusal) -> [Int32] {
        let size = MemoryLayout<Number>.size
        guard let raw else {
            try require(numbers.count, of: 1)
            var result: [Int32] = []
            for number in numbers {
                guard let small = Number(exactly: Int64(bitPattern: number)) else {
                    throw Refusal(reason: "it holds a number that its type can't hold")
                }
                result.append(Int32(small))
            }
            return result
        }
        try require(raw.count, of: size)
        return raw.withUnsafeBytes { bytes in
            (0..<count).map {
                Int32(Number(littleEndian: bytes.loadUnaligned(fromByteOffset: size * $0, as: Number.self)))
            }
        }
    }

    private func require(_ found: Int, of size: Int) throws(Refusal) {
        guard found.isMultiple(of: size), found / size == count else {
            throw Refusal(reason: "a tensor of shape \(shape) holds \(found / size) numbers")
        }
    }
}
