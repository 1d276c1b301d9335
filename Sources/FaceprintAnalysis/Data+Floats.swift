import Foundation

extension Data {
    /// Float32 numbers, little-endian.
    var floats: [Float] {
        [Float](unsafeUninitializedCapacity: count / 4) { buffer, initialized in
            initialized = copyBytes(to: buffer) / 4
        }
    }
}
