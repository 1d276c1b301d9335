import Dispatch
import Faceprint
import Foundation

/// Serves the rounds of `search.py`, one a line on standard input, and answers each on one line:
///
///     one I    →  seconds, and the rows nearest to query I
///     batch    →  seconds, and the rows nearest to each query, query after query
///     copy     →  seconds to copy the templates on all cores
///
/// - Parameter arguments: A file of templates, one of queries (both float32, row by row), the dimension, and
///   how many neighbours to find.
func benchmarkSearch(_ arguments: [String]) throws {
    guard arguments.count == 4, let dimension = Int(arguments[2]), let k = Int(arguments[3]) else {
        fatalError("search TEMPLATES QUERIES DIMENSION K")
    }
    var index = ExactIndex(dimension: dimension)
    let templates = try floats(in: arguments[0])
    try templates.withUnsafeBufferPointer { try index.append(rows: $0) }
    let numbers = try floats(in: arguments[1])
    let queries = stride(from: 0, to: numbers.count, by: dimension).map { Array(numbers[$0..<($0 + dimension)]) }
    var copy = [Float](repeating: 0, count: templates.count)

    while let line = readLine() {
        let words = line.split(separator: " ")
        let start = ContinuousClock.now
        var found: [[Neighbour]] = []
        switch words.first {
        case "one": found = [try index.search(queries[Int(words[1])!], nearest: k)]
        case "batch": found = try index.search(queries, nearest: k)
        case "copy": copyOnAllCores(templates, to: &copy)
        default: fatalError("“\(line)” is not a round")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(([String(seconds)] + found.joined().map { String($0.row) }).joined(separator: " "))
        fflush(nil)
    }
}

private func copyOnAllCores(_ source: [Float], to destination: inout [Float]) {
    let parts = ProcessInfo.processInfo.activeProcessorCount
    let size = source.count * MemoryLayout<Float>.stride
    source.withUnsafeBytes { source in
        destination.withUnsafeMutableBytes { destination in
            nonisolated(unsafe) let to = destination.baseAddress!
            nonisolated(unsafe) let from = source.baseAddress!
            DispatchQueue.concurrentPerform(iterations: parts) { part in
                let start = size * part / parts
                memcpy(to + start, from + start, size * (part + 1) / parts - start)
            }
        }
    }
}

private func floats(in path: String) throws -> [Float] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
