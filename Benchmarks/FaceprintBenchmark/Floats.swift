import Foundation

/// The float32 numbers of a file.
func floats(in path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}

/// Vectors of a file, row by row.
func vectors(in path: String, dimension: Int) throws -> [[Float]] {
    let numbers = try floats(in: path)
    return stride(from: 0, to: numbers.count, by: dimension).map { Array(numbers[$0..<($0 + dimension)]) }
}
