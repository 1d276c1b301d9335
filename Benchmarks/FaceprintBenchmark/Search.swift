import Dispatch
import Faceprint
import Foundation

/// Serves the rounds of `search.py`, one a line on standard input, and answers each on one line:
///
///     one I [PRECISION]    →  seconds, and the rows nearest to query I
///     batch [PRECISION]    →  seconds, and the rows nearest to each query, query after query
///     build [PRECISION]    →  seconds to make an index of the templates
///     read                 →  seconds to read the templates on all cores
///
/// The precision is float32 or int8, without it float32.
///
/// - Parameter arguments: A file of templates, one of queries (both float32, row by row), the dimension, and
///   how many neighbours to find.
func benchmarkSearch(_ arguments: [String]) throws {
    guard arguments.count == 4, let dimension = Int(arguments[2]), let k = Int(arguments[3]) else {
        fatalError("search TEMPLATES QUERIES DIMENSION K")
    }
    let templates = try floats(in: arguments[0])
    let queries = try vectors(in: arguments[1], dimension: dimension)
    var indices: [SearchPrecision: ExactIndex] = [:]

    func index(_ precision: SearchPrecision) throws -> ExactIndex {
        if let index = indices[precision] { return index }
        let index = try makeIndex(of: templates, dimension: dimension, precision: precision)
        indices[precision] = index
        return index
    }
    while let line = readLine() {
        let words = line.split(separator: " ")
        let precision = words.last.flatMap { SearchPrecision(rawValue: String($0)) } ?? .float32
        let searched = ["one", "batch"].contains(words.first) ? try index(precision) : nil
        var found: [[Neighbour]] = []
        let start = ContinuousClock.now
        switch words.first {
        case "one": found = [try searched!.search(queries[Int(words[1])!], nearest: k)]
        case "batch": found = try searched!.search(queries, nearest: k)
        case "build": _ = try makeIndex(of: templates, dimension: dimension, precision: precision)
        case "read": readOnAllCores(templates)
        default: fatalError("“\(line)” is not a round")
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(([String(seconds)] + found.joined().map { String($0.row) }).joined(separator: " "))
        fflush(nil)
    }
}

private func makeIndex(of templates: [Float], dimension: Int, precision: SearchPrecision) throws -> ExactIndex {
    var index = ExactIndex(dimension: dimension, precision: precision)
    try templates.withUnsafeBufferPointer { try index.append(rows: $0) }
    return index
}

/// Sums up the templates, eight numbers of 64 bits at a time in four sums: nothing that waits for anything but memory.
func readOnAllCores(_ source: [Float]) {
    source.withUnsafeBytes { source in
        nonisolated(unsafe) let bytes = source.baseAddress!
        onAllCores(source.count) { part in
            var sums = (SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>(), SIMD8<UInt64>())
            for start in stride(from: part.lowerBound, to: part.upperBound - 255, by: 256) {
                sums.0 &+= (bytes + start).loadUnaligned(as: SIMD8<UInt64>.self)
                sums.1 &+= (bytes + start + 64).loadUnaligned(as: SIMD8<UInt64>.self)
                sums.2 &+= (bytes + start + 128).loadUnaligned(as: SIMD8<UInt64>.self)
                sums.3 &+= (bytes + start + 192).loadUnaligned(as: SIMD8<UInt64>.self)
            }
            withExtendedLifetime(sums) {}
            if (sums.0 &+ sums.1 &+ sums.2 &+ sums.3).wrappedSum() == 1 { print("", terminator: "") }
        }
    }
}

/// Shares bytes out among the processors, a whole number of cache lines to each.
private func onAllCores(_ size: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let parts = ProcessInfo.processInfo.activeProcessorCount
    let bounds = (0...parts).map { $0 == parts ? size : size * $0 / parts / 256 * 256 }
    DispatchQueue.concurrentPerform(iterations: parts) { body(bounds[$0]..<bounds[$0 + 1]) }
}
