import Foundation
import Testing

@testable import FaceprintTraining

@Suite("Batch hard with soft margin")
struct BatchHardSoftMarginTests {
    /// Equation 5 of Hermans, Beyer and Leibe with the softplus, straightforwardly.
    private func loss(_ values: [Double], length: Int, labels: [Int]) -> Double {
        var losses: [Double] = []
        for anchor in labels.indices {
            func distances(_ isSame: Bool) -> [Double] {
                labels.indices.filter { $0 != anchor && (labels[$0] == labels[anchor]) == isSame }
                    .map { LossCheck.squaredDistance(values, length: length, anchor, $0).squareRoot() }
            }
            guard let farthest = distances(true).max(), let nearest = distances(false).min() else { continue }
            losses.append(log(1 + exp(farthest - nearest)))
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    @Test func `Value and gradient are those of the definition`() {
        let labels = [0, 1, 0, 2, 1, 0, 3, 2, 2]
        let batch = LossCheck.batch(labels: labels, length: 6, seed: 11)
        let result = BatchHardSoftMargin()(batch, seed: 1)
        let values = batch.values.map(Double.init)
        #expect(abs(result.value - loss(values, length: 6, labels: labels)) < 1e-6)
        let slopes = LossCheck.slopes(at: values) { loss($0, length: 6, labels: labels) }
        LossCheck.expect(result.gradient, near: slopes, "the gradient")
        #expect(result.summary.count == 8, "a person with one photo has no positive")
    }

    /// On a line: photos of one person at 0 and 3, of the other at 4 and 4.5.
    @Test func `A batch worked out by hand`() {
        let batch = EmbeddingBatch([0, 3, 4, 4.5], length: 1, labels: [0, 0, 1, 1])
        let result = BatchHardSoftMargin()(batch, seed: 1)
        let gaps: [Double] = [3 - 4, 3 - 1, 0.5 - 1, 0.5 - 1.5]
        #expect(abs(result.value - gaps.map { log(1 + exp($0)) }.reduce(0, +) / 4) < 1e-12)
        #expect(result.summary.count == 4)
        #expect(result.summary.activeFraction == 0.25)
        #expect(result.summary.positiveDistance == (3 + 3 + 0.5 + 0.5) / 4)
        #expect(result.summary.negativeDistance == (4 + 1 + 1 + 1.5) / 4)
        let slopes = gaps.map { 1 / (1 + exp(-$0)) / 4 }
        // Photo 0 pulls 1 and pushes 2, and so on; each distance moves both its ends.
        let expected = [
            -slopes[0] - slopes[1] + slopes[0],
            slopes[0] + slopes[1] + slopes[1] + slopes[2] + slopes[3],
            -slopes[0] - slopes[1] - slopes[2] - slopes[2] - slopes[3],
            slopes[2] + slopes[3] - slopes[3],
        ]
        LossCheck.expect(result.gradient, near: expected, tolerance: 1e-6, "the gradient")
    }

    @Test func `Distances far apart overflow nothing`() {
        for (positive, negative) in [(Float(1e4), Float(1)), (1, 1e4)] {
            let batch = EmbeddingBatch([0, positive, -negative], length: 1, labels: [0, 0, 1])
            let result = BatchHardSoftMargin()(batch, seed: 1)
            LossCheck.expectFinite(result)
        }
    }

    @Test(arguments: LossCheck.poorBatches)
    func `A batch that teaches nothing has no gradient`(batch: EmbeddingBatch) {
        let result = BatchHardSoftMargin()(batch, seed: 1)
        LossCheck.expectFinite(result)
        #expect(result.gradient == [Float](repeating: 0, count: batch.values.count))
        #expect(abs(result.value - (result.summary.count > 0 ? log(2) : 0)) < 1e-12)
    }
}
