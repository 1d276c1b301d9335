import Testing

@testable import FaceprintTraining

@Suite("Triplet miner")
struct TripletMinerTests {
    /// Two photos of one person, and three persons with one photo each. Numbers are exact in 32 bits.
    private static let labels = [0, 0, 1, 2, 3]
    private static let distances: [Float] = [
        0, 1, 0.5, 1.125, 1.0625,
        1, 0, 2, 1.25, 1,
        0.5, 2, 0, 4, 4,
        1.125, 1.25, 4, 0, 4,
        1.0625, 1, 4, 4, 0,
    ]

    private func mine(_ strategy: TripletMiner.Strategy, margin: Float = 0.25, seed: UInt64 = 1) -> TripletMiner.Result
    {
        TripletMiner(strategy: strategy, margin: margin)(distances: Self.distances, labels: Self.labels, seed: seed)
    }

    /// Photo 0 has one nearer than the positive (2) and two in the band (3, 4). Photo 1 has one as far as the positive
    /// (4), which is not further, and one at the band's very end (3), which is not within.
    @Test func `Semi-hard takes the nearest of the open band between positive and margin`() {
        #expect(mine(.semiHard).triplets == [Triplet(anchor: 0, positive: 1, negative: 4)])
    }

    @Test func `A band that is a little wider takes in what was at its end`() {
        let found = mine(.semiHard, margin: 0.375).triplets
        #expect(
            found == [
                Triplet(anchor: 0, positive: 1, negative: 4), Triplet(anchor: 1, positive: 0, negative: 3),
            ])
    }

    @Test func `Hardest takes the nearest negative of all`() {
        #expect(
            mine(.hardest).triplets == [
                Triplet(anchor: 0, positive: 1, negative: 2), Triplet(anchor: 1, positive: 0, negative: 4),
            ])
    }

    @Test func `Random takes any negative within the margin, the same for the same seed`() {
        var seen: Set<Int> = []
        for seed in 0..<64 {
            let found = mine(.random, seed: UInt64(seed))
            #expect(found == mine(.random, seed: UInt64(seed)))
            #expect(found.triplets.map(\.anchor) == [0, 1])
            #expect(found.triplets.last?.negative == 4, "photo 1 has no other within the margin")
            seen.insert(found.triplets[0].negative)
        }
        #expect(seen == [2, 3, 4])
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random])
    func `All pairs are counted, whatever is mined from them`(strategy: TripletMiner.Strategy) {
        let found = mine(strategy)
        #expect(found.pairs == 2, "a person with one photo makes no pair")
        #expect(found.positiveDistance == 1)
        let negatives: [Double] = [0.5, 1.125, 1.0625, 2, 1.25, 1, 4, 4, 4]
        let mean = negatives.map { $0.squareRoot() }.reduce(0, +) / 9
        #expect(abs(found.negativeDistance - mean) < 1e-12)
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest])
    func `Of negatives equally far the first is taken`(strategy: TripletMiner.Strategy) {
        let distances: [Float] = [
            0, 1, 1.125, 1.125,
            1, 0, 1.125, 1.125,
            1.125, 1.125, 0, 1,
            1.125, 1.125, 1, 0,
        ]
        let found = TripletMiner(strategy: strategy)(distances: distances, labels: [5, 5, 2, 2], seed: 1)
        #expect(
            found.triplets == [
                Triplet(anchor: 0, positive: 1, negative: 2), Triplet(anchor: 1, positive: 0, negative: 2),
                Triplet(anchor: 2, positive: 3, negative: 0), Triplet(anchor: 3, positive: 2, negative: 0),
            ])
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random])
    func `Each ordered pair gets at most one negative, and never one of its person`(strategy: TripletMiner.Strategy) {
        let batch = LossCheck.batch(labels: [0, 1, 0, 2, 1, 0, 3, 2, 2, 2], length: 8, seed: 3)
        let miner = TripletMiner(strategy: strategy, margin: 1)
        let found = miner(distances: batch.squaredDistances(), labels: batch.labels, seed: 9)
        #expect(found.pairs == 3 * 2 + 2 * 1 + 4 * 3)
        #expect(!found.triplets.isEmpty && found.triplets.count <= found.pairs)
        #expect(Set(found.triplets.map { [$0.anchor, $0.positive] }).count == found.triplets.count)
        for triplet in found.triplets {
            #expect(triplet.anchor != triplet.positive)
            #expect(batch.labels[triplet.anchor] == batch.labels[triplet.positive])
            #expect(batch.labels[triplet.anchor] != batch.labels[triplet.negative])
        }
    }

    /// All embeddings in one place: no negative is further than its positive, but each violates the margin.
    @Test func `A collapsed batch shows by its distances, and semi-hard finds nothing in it`() {
        let distances = [Float](repeating: 0, count: 16)
        for strategy in [TripletMiner.Strategy.semiHard, .hardest, .random] {
            let found = TripletMiner(strategy: strategy)(distances: distances, labels: [0, 0, 1, 1], seed: 1)
            #expect(found.triplets.count == (strategy == .semiHard ? 0 : 4))
            #expect(found.pairs == 4)
            #expect(found.positiveDistance == 0 && found.negativeDistance == 0)
        }
    }

    @Test(arguments: [TripletMiner.Strategy.semiHard, .hardest, .random])
    func `Without negatives or without pairs there are no triplets`(strategy: TripletMiner.Strategy) {
        let miner = TripletMiner(strategy: strategy, margin: 10)
        let distances: [Float] = [0, 1, 1, 1, 0, 1, 1, 1, 0]
        let onePerson = miner(distances: distances, labels: [4, 4, 4], seed: 1)
        #expect(onePerson.triplets.isEmpty && onePerson.pairs == 6)
        #expect(onePerson.positiveDistance == 1 && onePerson.negativeDistance == 0)
        let strangers = miner(distances: distances, labels: [0, 1, 2], seed: 1)
        #expect(strangers.triplets.isEmpty && strangers.pairs == 0)
        #expect(strangers.positiveDistance == 0 && strangers.negativeDistance == 1)
        let nobody = miner(distances: [], labels: [], seed: 1)
        #expect(nobody.triplets.isEmpty && nobody.pairs == 0)
    }
}
