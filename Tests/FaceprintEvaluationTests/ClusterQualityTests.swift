import FaceprintEvaluation
import Testing

@Suite struct ClusterQualityTests {
    @Test func sharesAreThoseCountedByHand() throws {
        // Clusters {a a b}, {a}, {b b}: 4 pairs together of which 2 belong together, and 6 pairs belong together.
        let quality = try ClusterQuality(
            assignments: [0, 0, 0, 1, 2, 2], identities: ["a", "a", "b", "a", "b", "b"])
        #expect(isNear(quality.pairwise.precision, 2.0 / 4))
        #expect(isNear(quality.pairwise.recall, 2.0 / 6))
        #expect(isNear(quality.pairwise.f, 0.4))
        // By photo: 2/3 2/3 1/3 1 1 1, and 2/3 2/3 1/3 1/3 2/3 2/3.
        #expect(isNear(quality.bCubed.precision, 14.0 / 3 / 6))
        #expect(isNear(quality.bCubed.recall, 10.0 / 3 / 6))
        #expect(isNear(quality.bCubed.f, 2 * (7.0 / 9) * (5.0 / 9) / (12.0 / 9)))
        #expect((quality.photos, quality.people, quality.clusters) == (6, 2, 3))
    }

    @Test func perfectClustersAndClustersWithoutPairs() throws {
        let perfect = try ClusterQuality(assignments: [7, 7, 3], identities: ["a", "a", "b"])
        #expect(perfect.pairwise.f == 1 && perfect.bCubed.f == 1)
        let alone = try ClusterQuality(assignments: [0, 1, 2], identities: ["a", "a", "b"])
        #expect((alone.pairwise.precision, alone.pairwise.recall, alone.pairwise.f) == (1, 0, 0))
        #expect(alone.bCubed.precision == 1 && isNear(alone.bCubed.recall, 2.0 / 3))
    }

    @Test func whatCantBeMeasuredIsSaid() {
        #expect(throws: EvaluationError.noPhotos) { try ClusterQuality(assignments: [], identities: []) }
        #expect(throws: EvaluationError.differentCounts(what: "identities", expected: 2, found: 1)) {
            try ClusterQuality(assignments: [1, 2], identities: ["a"])
        }
    }
}
