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
            case (5, .number(let number)), (7, .number(let number)): numbers.append(number)
            case (5, .bytes(let content)), (7, .bytes(let content)): numbers += try Protobuf.packedNumbers(content)
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
        case .int8: try numbers(of: Int8.self).map(Int32.init)
        case .uint8: try numbers(of: UInt8.self).map(Int32.init)
        case .int32: try numbers(of: Int32.self)
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
        return [Float](unsafeUninitializedCapacity: count) { numbers, filled in
            // As they stand in memory here: processors that Faceprint runs on are little-endian.
            UnsafeMutableRawBufferPointer(numbers).copyBytes(from: content)
            filled = count
        }
    }

    /// The numbers of a tensor of int64, such as a shape.
    func sides() throws(Refusal) -> [Int] {
        guard type == ONNXElement.int64.rawValue else {
            throw Refusal(reason: "its shape is of type \(type), not int64")
        }
        return try numbers(of: Int64.self).map(Int.init)
    }

    private func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
        of type: Number.Type
    ) throws(Refusal) -> [Number] {
        let size = MemoryLayout<Number>.size
        guard let raw else {
            try require(numbers.count, of: 1)
            var result: [Number] = []
            for number in numbers {
                guard let small = Number(exactly: Int64(bitPattern: number)) else {
                    throw Refusal(reason: "it holds a number that its type can't hold")
                }
                result.append(small)
            }
            return result
        }
        try require(raw.count, of: size)
        return raw.withUnsafeBytes { bytes in
            (0..<count).map {
                Number(littleEndian: bytes.loadUnaligned(fromByteOffset: size * $0, as: Number.self))
            }
        }
    }

    private func require(_ found: Int, of size: Int) throws(Refusal) {
        guard found.isMultiple(of: size), found / size == count else {
            throw Refusal(reason: "a tensor of shape \(shape) holds \(found / size) numbers")
        }
    }
}
