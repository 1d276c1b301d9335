import Testing

@testable import FaceprintTraining

@Suite("Embedding batch")
struct EmbeddingBatchTests {
    @Test(arguments: [1, 7, 128])
    func `The matrix holds each squared distance, is symmetric, and zero on its diagonal`(length: Int) {
        let batch = LossCheck.batch(labels: [0, 0, 1, 2, 2], length: length, seed: 1)
        let found = batch.squaredDistances()
        let values = batch.values.map(Double.init)
        #expect(found.count == 25)
        for a in 0..<5 {
            #expect(found[a * 5 + a] == 0)
            for b in 0..<5 {
                let expected = LossCheck.squaredDistance(values, length: length, a, b)
                #expect(abs(Double(found[a * 5 + b]) - expected) < 1e-6)
                #expect(found[a * 5 + b] == found[b * 5 + a])
            }
        }
    }

    @Test func `An empty batch has no distances`() {
        #expect(EmbeddingBatch([], length: 128, labels: []).squaredDistances().isEmpty)
    }
}
