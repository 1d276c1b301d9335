import TestSupport
import Testing

@testable import FaceprintTraining

extension FloatBuffer {
    /// A copy; unlike ``numbers`` it may outlive a buffer that nobody else keeps.
    var copy: [Float] { withExtendedLifetime(self) { Array(numbers) } }
}

/// Compares a loss with its definition, computed in double precision, and its gradient with finite differences of that.
enum LossCheck {
    /// Unit vectors, one a label.
    static func batch(labels: [Int], length: Int, seed: UInt64) -> EmbeddingBatch {
        var random = SeededRandom(seed: seed)
        let values = labels.flatMap { _ in
            let vector = random.vector(length)
            let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return vector.map { $0 / norm }
        }
        return EmbeddingBatch(values, length: length, labels: labels)
    }

    /// The slope of a function at each of its numbers, by central differences.
    static func slopes(at values: [Double], _ function: ([Double]) -> Double) -> [Double] {
        let step = 1e-5
        return values.indices.map { place in
            var (above, below) = (values, values)
            above[place] += step
            below[place] -= step
            return (function(above) - function(below)) / (2 * step)
        }
    }

    /// - Parameter tolerance: Of the largest number expected.
    static func expect(
        _ found: [Float], near expected: [Double], tolerance: Double = 1e-4, _ what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(found.count == expected.count, what, sourceLocation: sourceLocation)
        let largest = expected.reduce(0) { max($0, abs($1)) }
        #expect(largest > 0, "there is something to compare", sourceLocation: sourceLocation)
        let error = zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
        #expect(error <= tolerance * largest, what, sourceLocation: sourceLocation)
    }

    /// The squared L2 distance of two vectors of a batch.
    static func squaredDistance(_ values: [Double], length: Int, _ a: Int, _ b: Int) -> Double {
        (0..<length).reduce(0) { sum, i in
            let apart = values[a * length + i] - values[b * length + i]
            return sum + apart * apart
        }
    }

    /// Nothing in a result is NaN or infinite.
    static func expectFinite(_ result: LossResult, sourceLocation: SourceLocation = #_sourceLocation) {
        let summary = result.summary
        #expect(result.value.isFinite, sourceLocation: sourceLocation)
        #expect(result.gradient.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
        let numbers = [summary.activeFraction, summary.positiveDistance, summary.negativeDistance]
        #expect(numbers.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    }

    /// Batches in which something is missing: no photos, one, one person, nobody with two photos; and all in one place.
    static let poorBatches = [
        EmbeddingBatch([], length: 2, labels: []),
        EmbeddingBatch([1, 0], length: 2, labels: [0]),
        EmbeddingBatch([1, 0, 0, 1, 0.6, 0.8], length: 2, labels: [0, 0, 0]),
        EmbeddingBatch([1, 0, 0, 1, 0.6, 0.8], length: 2, labels: [0, 1, 2]),
        EmbeddingBatch([0.6, 0.8, 0.6, 0.8, 0.6, 0.8, 0.6, 0.8], length: 2, labels: [0, 0, 1, 1]),
    ]
}
