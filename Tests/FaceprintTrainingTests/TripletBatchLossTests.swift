import Faceprint
import TestSupport
import Testing

@testable import FaceprintTraining

@Suite("Triplet loss of a batch")
struct TripletBatchLossTests {
    private static let labels = [0, 0, 0, 1, 1, 2, 2, 2, 3]

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random])
    func `The gradient is what small steps of each number measure`(strategy: TripletMiner.Strategy) {
        let batch = LossCheck.batch(labels: Self.labels, length: 6, seed: 2)
        let miner = TripletMiner(strategy: strategy, margin: 0.6)
        let result = TripletBatchLoss(miner)(batch, seed: 3)
        let triplets = miner(distances: batch.squaredDistances(), labels: batch.labels, seed: 3).triplets
        func loss(_ values: [Double]) -> Double {
            triplets.reduce(0) { sum, triplet in
                let near = LossCheck.squaredDistance(values, length: 6, triplet.anchor, triplet.positive)
                let far = LossCheck.squaredDistance(values, length: 6, triplet.anchor, triplet.negative)
                return sum + max(near - far + Double(miner.margin), 0)
            } / Double(triplets.count)
        }
        let values = batch.values.map(Double.init)
        #expect(abs(result.value - loss(values)) < 1e-6)
        LossCheck.expect(result.gradient, near: LossCheck.slopes(at: values, loss), "the gradient")
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random])
    func `It is the mean of TripletLoss over the triplets mined`(strategy: TripletMiner.Strategy) throws {
        let batch = LossCheck.batch(labels: Self.labels, length: 32, seed: 4)
        let miner = TripletMiner(strategy: strategy, margin: 0.5)
        let result = TripletBatchLoss(miner)(batch, seed: 5)
        let triplets = miner(distances: batch.squaredDistances(), labels: batch.labels, seed: 5).triplets
        func rows(_ place: (Triplet) -> Int) -> [[Float]] { triplets.map { Array(batch.row(place($0))) } }
        let (a, p, n) = (rows(\.anchor), rows(\.positive), rows(\.negative))
        let mean = TripletLoss(margin: 0.5, reduction: .mean)
        #expect(abs(result.value - Double(try mean(anchors: a, positives: p, negatives: n))) < 1e-6)
        let gradient = try mean.gradient(anchors: a, positives: p, negatives: n)
        var expected = [Double](repeating: 0, count: batch.values.count)
        for (index, triplet) in triplets.enumerated() {
            for i in 0..<32 {
                expected[triplet.anchor * 32 + i] += Double(gradient.anchors[index][i])
                expected[triplet.positive * 32 + i] += Double(gradient.positives[index][i])
                expected[triplet.negative * 32 + i] += Double(gradient.negatives[index][i])
            }
        }
        LossCheck.expect(result.gradient, near: expected, tolerance: 1e-5, "the gradient")
        #expect(result.summary.count == triplets.count)
        #expect(result.summary.activeFraction == Double(triplets.count) / (6 + 2 + 6))
    }

    /// A batch of one published triplet has two pairs, as either photo of the person is the anchor once. What the
    /// second one adds is taken off.
    @Test(.needsSharedData)
    func `The published triplets give TensorFlow's loss and gradients`() throws {
        let golden = try GoldenTriplets()
        let single = TripletLoss(margin: golden.alpha)
        let loss = TripletBatchLoss(TripletMiner(strategy: .hardest, margin: golden.alpha))
        var sum = 0.0
        var (found, expected): ([Float], [Float]) = ([], [])
        for index in golden.anchor.indices {
            let (a, p, n) = (golden.anchor[index], golden.positive[index], golden.negative[index])
            let result = loss(EmbeddingBatch(a + p + n, length: a.count, labels: [0, 0, 1]), seed: 1)
            let swapped = try single(anchors: [p], positives: [a], negatives: [n])
            let both = Double(result.summary.count)
            sum += both * result.value - Double(swapped)
            let other = try single.gradient(anchors: [p], positives: [a], negatives: [n])
            let others = other.positives[0] + other.anchors[0] + other.negatives[0]
            found += zip(result.gradient, others).map { Float(both) * $0 - $1 }
            expected += golden.anchorGradient[index] + golden.positiveGradient[index] + golden.negativeGradient[index]
        }
        #expect(abs(sum - Double(golden.loss)) < 1e-3)
        LossCheck.expect(found, near: expected.map(Double.init), tolerance: 1e-5, "the gradients")
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random], LossCheck.poorBatches)
    func `A batch that teaches nothing has no gradient`(strategy: TripletMiner.Strategy, batch: EmbeddingBatch) {
        let result = TripletBatchLoss(TripletMiner(strategy: strategy))(batch, seed: 1)
        LossCheck.expectFinite(result)
        #expect(result.gradient == [Float](repeating: 0, count: batch.values.count))
        // Where all are in one place each triplet loses the whole margin.
        #expect(abs(result.value - (result.summary.count > 0 ? 0.2 : 0)) < 1e-7)
    }
}
