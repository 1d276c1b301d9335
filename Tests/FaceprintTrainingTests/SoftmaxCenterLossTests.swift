import Foundation
import TestSupport
import Testing

@testable import FaceprintTraining

@Suite("Softmax with centre loss")
struct SoftmaxCenterLossTests {
    private static let (classes, length) = (5, 6)
    private static let labels = [0, 1, 0, 4, 1, 3, 0]

    /// A loss whose bias and centres aren't 0 any more.
    private func trained(centerWeight: Float = 0.3) -> SoftmaxCenterLoss {
        let loss = SoftmaxCenterLoss(
            classes: Self.classes, length: Self.length, centerWeight: centerWeight, scale: 4, seed: 7)
        var random = SeededRandom(seed: 8)
        for parameter in loss.parameters.dropFirst() {
            _ = parameter.values.numbers.update(fromContentsOf: random.vector(parameter.values.numbers.count))
        }
        return loss
    }

    /// The numbers of a loss, and the embeddings, in double precision.
    private struct Numbers {
        var kernel, bias, centers, embeddings: [Double]

        init(_ loss: SoftmaxCenterLoss, _ batch: EmbeddingBatch) {
            let parameters = loss.parameters.map { $0.values.copy.map(Double.init) }
            (kernel, bias, centers) = (parameters[0], parameters[1], parameters[2])
            embeddings = batch.values.map(Double.init)
        }
    }

    /// Equation 5 of Wen et al., straightforwardly, as a mean over the batch.
    private func value(_ x: Numbers, _ loss: SoftmaxCenterLoss) -> Double {
        let length = Self.length
        let losses = Self.labels.enumerated().map { index, label in
            let powers = (0..<Self.classes).map { person in
                let product = (0..<length).reduce(0.0) {
                    $0 + x.embeddings[index * length + $1] * x.kernel[person * length + $1]
                }
                return exp(Double(loss.scale) * product + x.bias[person])
            }
            let apart = (0..<length).reduce(0.0) {
                $0 + pow(x.embeddings[index * length + $1] - x.centers[label * length + $1], 2)
            }
            return -log(powers[label] / powers.reduce(0, +)) + Double(loss.centerWeight) / 2 * apart
        }
        return losses.reduce(0, +) / Double(losses.count)
    }

    @Test func `Value and gradients are those of the definition`() {
        let loss = trained()
        let batch = LossCheck.batch(labels: Self.labels, length: Self.length, seed: 12)
        let numbers = Numbers(loss, batch)
        let result = loss(batch, seed: 1)
        #expect(abs(result.value - value(numbers, loss)) < 1e-9)
        func slopes(_ part: WritableKeyPath<Numbers, [Double]>) -> [Double] {
            LossCheck.slopes(at: numbers[keyPath: part]) { values in
                var shifted = numbers
                shifted[keyPath: part] = values
                return value(shifted, loss)
            }
        }
        LossCheck.expect(result.gradient, near: slopes(\.embeddings), "the embeddings'")
        LossCheck.expect(loss.parameters[0].gradients.copy, near: slopes(\.kernel), "the kernel's")
        LossCheck.expect(loss.parameters[1].gradients.copy, near: slopes(\.bias), "the bias's")
    }

    @Test func `Gradients of a call replace those of the one before`() {
        let (once, twice) = (trained(centerWeight: 0), trained(centerWeight: 0))
        let batch = LossCheck.batch(labels: Self.labels, length: Self.length, seed: 13)
        let first = once(batch, seed: 1)
        _ = twice(batch, seed: 1)
        #expect(twice(batch, seed: 1) == first)
        for (a, b) in zip(once.parameters, twice.parameters).prefix(2) {
            #expect(a.gradients.copy == b.gradients.copy)
        }
    }

    /// Equation 4 of Wen et al.; person 2 isn't in the batch, and stays where it is.
    @Test func `A centre moves towards the embeddings of its person`() {
        let loss = trained()
        let batch = LossCheck.batch(labels: Self.labels, length: Self.length, seed: 14)
        let before = Numbers(loss, batch)
        _ = loss(batch, seed: 1)
        #expect(Numbers(loss, batch).centers == before.centers, "a step that isn't taken leaves them")
        loss.endStep()
        let expected = before.centers.indices.map { place in
            let (person, i) = place.quotientAndRemainder(dividingBy: Self.length)
            let own = Self.labels.indices.filter { Self.labels[$0] == person }
            let apart = own.reduce(0) { $0 + before.centers[place] - before.embeddings[$1 * Self.length + i] }
            return before.centers[place] - Double(loss.centerRate) * apart / Double(1 + own.count)
        }
        LossCheck.expect(loss.parameters[2].values.copy, near: expected, tolerance: 1e-6, "the centres")
        #expect(!loss.parameters[2].learns, "the optimizer leaves them alone")
    }

    @Test func `It begins alike for the same seed, and differently for another`() {
        func kernel(_ seed: UInt64) -> [Float] {
            SoftmaxCenterLoss(classes: 9, length: 4, seed: seed).parameters[0].values.copy
        }
        #expect(kernel(1) == kernel(1))
        #expect(kernel(1) != kernel(2))
        #expect(kernel(1).allSatisfy { abs($0) <= (6 / Float(9 + 4)).squareRoot() })
    }

    @Test func `The active are those who are taken for somebody else`() {
        let loss = SoftmaxCenterLoss(classes: 2, length: 2, scale: 1000, seed: 1)
        _ = loss.parameters[0].values.numbers.update(fromContentsOf: [1, 0, 0, 1])
        let batch = EmbeddingBatch([1, 0, 0, 1, 1, 0, 1, 0], length: 2, labels: [0, 1, 0, 1])
        let result = loss(batch, seed: 1)
        LossCheck.expectFinite(result)
        #expect(result.summary.count == 4 && result.summary.activeFraction == 0.25)
        #expect(abs(result.value - (1000 + 4 * 0.005) / 4) < 1e-4, "one is wrong by 1000")
    }

    @Test(arguments: LossCheck.poorBatches)
    func `A batch without pairs has a loss all the same, and nothing in it is NaN`(batch: EmbeddingBatch) {
        let loss = SoftmaxCenterLoss(classes: 3, length: 2, seed: 1)
        let result = loss(batch, seed: 1)
        LossCheck.expectFinite(result)
        #expect((result.value > 0) == (batch.count > 0))
        for parameter in loss.parameters {
            #expect(parameter.values.copy.allSatisfy { $0.isFinite })
            #expect(parameter.gradients.copy.allSatisfy { $0.isFinite })
        }
    }
}
