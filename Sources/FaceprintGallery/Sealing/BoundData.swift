/// What sealed bytes are bound to: a list of fields that reads in one way only.
struct BoundData {
    private(set) var bytes: [UInt8] = []

    /// - Parameter label: What is sealed, so that nothing passes for something else.
    init(_ label: StaticString) {
        append(UnsafeRawBufferPointer(start: label.utf8Start, count: label.utf8CodeUnitCount))
    }

    /// A byte string, after its length.
    mutating func append(_ field: some Collection<UInt8>) {
        append(field.count)
        bytes.append(contentsOf: field)
    }

    /// 8 bytes, the highest first.
    mutating func append(_ field: Int) { withUnsafeBytes(of: field.bigEndian) { bytes.append(contentsOf: $0) } }

    /// A byte that says whether it is there, and then it.
    mutating func append(_ field: Int?) {
        bytes.append(field == nil ? 0 : 1)
        if let field { append(field) }
    }

    /// Its bits; of -0.0 those of 0.0, which SQLite stores in its place.
    mutating func append(_ field: Double?) { append(field.map { Int(bitPattern: UInt(($0 + 0).bitPattern)) }) }

    mutating func append(_ field: String?) {
        bytes.append(field == nil ? 0 : 1)
        if let field { append(field.utf8) }
    }
}
