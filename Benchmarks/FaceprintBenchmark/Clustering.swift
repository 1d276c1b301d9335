import Faceprint
import FaceprintAnalysis
import Foundation

/// Serves the rounds of `clustering.py`, one a line on standard input, and answers each on one line:
///
///     METHOD THRESHOLD    →  seconds, and the cluster of each embedding
///
/// - Parameter arguments: A file of embeddings (float32, row by row), and the dimension.
func benchmarkClustering(_ arguments: [String]) throws {
    guard arguments.count == 2, let dimension = Int(arguments[1]) else { fatalError("cluster EMBEDDINGS DIMENSION") }
    let space = EmbeddingSpace(model: "generated", modelSHA256: "", profile: "")
    let embeddings = try vectors(in: arguments[0], dimension: dimension).map {
        try Embedding(normalizing: $0, space: space)
    }
    while let line = readLine() {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 2, let method = ClusteringMethod(rawValue: words[0]), let threshold = Float(words[1])
        else { fatalError("“\(line)” is not a round") }
        let start = ContinuousClock.now
        let clustering = try Clustering(of: embeddings, threshold: threshold, method: method)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(([String(seconds)] + clustering.assignments.map(String.init)).joined(separator: " "))
        fflush(nil)
    }
}
