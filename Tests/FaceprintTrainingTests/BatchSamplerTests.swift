import Testing

@testable import FaceprintTraining

@Suite struct BatchSamplerTests {
    /// Persons with 1, 2, 3, … photos.
    private static let labels = (0..<12).flatMap { person in [Int](repeating: person, count: person + 1) }

    private func sampler(persons: Int = 4, photos: Int = 3, seed: UInt64 = 1) throws -> BatchSampler {
        try BatchSampler(labels: Self.labels, persons: persons, photosPerPerson: photos, seed: seed)
    }

    @Test func `A batch holds P persons with K photos each, side by side`() throws {
        for batch in try sampler().batches(epoch: 3) {
            #expect(batch.count == 12)
            let persons = stride(from: 0, to: 12, by: 3).map { start in
                Set(batch[start..<(start + 3)].map { Self.labels[$0] })
            }
            #expect(persons.allSatisfy { $0.count == 1 })
            #expect(Set(persons.joined()).count == 4)
        }
    }

    /// A person with one photo has no pair.
    @Test(arguments: [0, 1, 7]) func `An epoch shows each photo of each person who has two`(epoch: Int) throws {
        let sampler = try sampler()
        let batches = sampler.batches(epoch: epoch)
        #expect(batches.count == sampler.batchCount)
        #expect(Set(batches.joined()) == Set(1..<Self.labels.count))
    }

    /// One person has most of the photos, so the others come again.
    @Test func `A person with many photos sets the number of batches`() throws {
        let labels = [Int](repeating: 0, count: 30) + [1, 1, 2, 2, 3, 3]
        let sampler = try BatchSampler(labels: labels, persons: 4, photosPerPerson: 2, seed: 1)
        #expect(sampler.batchCount == 15)
        let batches = sampler.batches(epoch: 0)
        #expect(batches.count == 15)
        #expect(batches.flatMap { $0 }.count { labels[$0] == 0 } == 30)
    }

    @Test func `The order follows from the seed and the epoch alone`() throws {
        #expect(try sampler().batches(epoch: 2) == sampler().batches(epoch: 2))
        #expect(try sampler().batches(epoch: 2) != sampler().batches(epoch: 3))
        #expect(try sampler().batches(epoch: 2) != sampler(seed: 2).batches(epoch: 2))
    }

    @Test func `No more persons than there are`() throws {
        #expect(try sampler(persons: 100).persons == 11)
    }
}
