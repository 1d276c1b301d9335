/// The protocol buffer wire format, as far as ONNX needs it: fields in, bytes out, and back.
///
/// The library for it in C is protobuf-c, whose generated code for ONNX is larger than this module; what
/// ONNX uses of the format is numbers and length-delimited bytes.
/// The encoding is described in protobuf's guide, “Encoding”.
enum Protobuf {
    /// A field as it stands on the wire.
    enum Value {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
        /// The bits of a 32- or 64-bit fixed field.
        case fixed(UInt64)
    }

    /// A message that is cut short or not one.
    struct Malformed: Error {}

    /// Writes one message, field by field.
    struct Writer {
        private(set) var bytes: [UInt8] = []

        mutating func write(_ field: Int, _ number: Int) {
            varint(UInt64(field) << 3)
            varint(UInt64(bitPattern: Int64(number)))
        }

        mutating func write(_ field: Int, _ text: String) {
            write(field, bytes: text.utf8)
        }

        mutating func write(_ field: Int, bytes content: some Collection<UInt8>) {
            varint(UInt64(field) << 3 | 2)
            varint(UInt64(content.count))
            bytes.append(contentsOf: content)
        }

        mutating func write(_ field: Int, float: Float) {
            varint(UInt64(field) << 3 | 5)
            withUnsafeBytes(of: float.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }

        mutating func write(_ field: Int, _ message: (inout Writer) -> Void) {
            var inner = Writer()
            message(&inner)
            write(field, bytes: inner.bytes)
        }

        /// A field as it stood in another message.
        mutating func append(raw field: ArraySlice<UInt8>) { bytes.append(contentsOf: field) }

        /// Fields that were written apart.
        mutating func append(_ fields: Writer) { bytes.append(contentsOf: fields.bytes) }

        private mutating func varint(_ value: UInt64) {
            var rest = value
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }
    }

    /// Reads the fields of one message in order.
    static func forEachField(
        of message: ArraySlice<UInt8>, _ body: (Int, Value) throws -> Void
    ) throws {
        try forEachRawField(of: message) { field, value, _ in try body(field, value) }
    }

    /// Reads the fields of one message in order, each also with all of its bytes, tag and length too.
    static func forEachRawField(
        of message: ArraySlice<UInt8>, _ body: (Int, Value, ArraySlice<UInt8>) throws -> Void
    ) throws {
        var rest = message
        while let start = rest.indices.first {
            let tag = try varint(&rest)
            let value: Value
            switch tag & 7 {
            case 0: value = .number(try varint(&rest))
            case 1: value = try fixed(8, &rest)
            case 2:
                let length = Int(clamping: try varint(&rest))
                guard length <= rest.count else { throw Malformed() }
                value = .bytes(rest.prefix(length))
                rest = rest.dropFirst(length)
            case 5: value = try fixed(4, &rest)
            default: throw Malformed()
            }
            try body(Int(clamping: tag >> 3), value, message[start..<rest.startIndex])
        }
    }

    /// A copy of a message, some of its fields written anew.
    ///
    /// - Parameter replace: Gets the number and content of each length-delimited field; writes something in its place and
    ///   says so, or leaves it as it is.
    static func rewritten(
        _ message: ArraySlice<UInt8>, _ replace: (Int, ArraySlice<UInt8>, inout Writer) throws -> Bool
    ) throws -> [UInt8] {
        var writer = Writer()
        try forEachRawField(of: message) { field, value, raw in
            if case .bytes(let content) = value, try replace(field, content, &writer) { return }
            writer.append(raw: raw)
        }
        return writer.bytes
    }

    /// The last text field of a number, which is the one that counts; empty where there is none.
    static func text(_ wanted: Int, of message: ArraySlice<UInt8>) throws -> String {
        var text = ""
        try forEachField(of: message) { field, value in
            if field == wanted, case .bytes(let bytes) = value { text = String(decoding: bytes, as: UTF8.self) }
        }
        return text
    }

    /// The numbers of a packed repeated field.
    static func packedNumbers(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var rest = bytes
        var numbers: [UInt64] = []
        while !rest.isEmpty { numbers.append(try varint(&rest)) }
        return numbers
    }

    private static func fixed(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> Value {
        guard count <= rest.count else { throw Malformed() }
        let bits = rest.prefix(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(count)
        return .fixed(bits)
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }
}
