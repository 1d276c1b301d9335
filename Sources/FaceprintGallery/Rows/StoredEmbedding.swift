import Faceprint

/// Embeddings as they stand in the file: little-endian 32-bit floats.
enum StoredEmbedding {
    static func bytes(of embedding: Embedding) -> [UInt8] { bytes(of: embedding.values) }

    static func bytes(of values: [Float]) -> [UInt8] {
        values.flatMap { value in
            withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
        }
    }

    /// Appends the components of a stored embedding.
    ///
    /// - Returns: What is wrong with it, or nil; after a defect the appended values mean nothing.
    static func append(_ bytes: UnsafeRawBufferPointer, to values: inout [Float], dimension: Int) -> String? {
        guard bytes.count == 4 * dimension else {
            return "it has \(bytes.count) bytes instead of \(4 * dimension)"
        }
        var sum: Float = 0
        for offset in stride(from: 0, to: bytes.count, by: 4) {
            let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            let value = Float(bitPattern: bits)
            sum += value * value
            values.append(value)
        }
        guard sum.isFinite else { return "it holds numbers that are not finite" }
        guard Embedding.isUnit(squaredNorm: sum) else { return "it is not of unit length" }
        return nil
    }
}
