import Foundation

extension Data {
    /// Of float32 numbers, little-endian.
    init(floats: [Float]) { self = floats.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) } }

    /// Float32 numbers, little-endian.
    var floats: [Float] {
        [Float](unsafeUninitializedCapacity: count / 4) { buffer, initialized in
            initialized = copyBytes(to: buffer) / 4
        }
    }
}
