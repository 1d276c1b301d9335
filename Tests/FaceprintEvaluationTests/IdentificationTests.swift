import Faceprint
import FaceprintEvaluation
import Testing

@Suite("Identification with strangers")
struct OpenSetTests {
    @Test func `People far apart are all found, and strangers are nobody`() throws {
        let people = try SyntheticPeople(people: 40, photosOfEach: 3, spread: 0.02)
        let result = try OpenSetIdentification(
            embeddings: people.embeddings, identities: people.identities, threshold: 0.2)
        #expect(result.enrolled == 20)
        #expect(result.rankOne == Proportion(40, of: 40))
        #expect(result.fnir == Proportion(0, of: 40))
        #expect(result.fpir == Proportion(0, of: 60))
    }

    @Test func `At threshold 2 every stranger is somebody, at 0 nobody is found`() throws {
        let people = try SyntheticPeople(people: 40, photosOfEach: 3, spread: 0.02)
        func run(_ threshold: Float) throws -> OpenSetIdentification {
            try OpenSetIdentification(
                embeddings: people.embeddings, identities: people.identities, threshold: threshold, strangers: 0.25)
        }
        #expect(try run(2).fpir == Proportion(30, of: 30))
        #expect(try run(2).fnir.count == 0)
        #expect(try run(0).fnir == Proportion(60, of: 60))
        #expect(try run(0).rankOne.count == 60)
        #expect(throws: EvaluationError.self) { try run(.nan) }
    }

    @Test func `Photos without an embedding are failures to enroll, or missed`() throws {
        let people = try SyntheticPeople(people: 10, photosOfEach: 2, spread: 0.02)
        let nobody = [Embedding?](repeating: nil, count: 20)
        let none = try OpenSetIdentification(embeddings: nobody, identities: people.identities, threshold: 1)
        #expect(none.enrolled == 0)
        #expect(none.failureToEnroll == Proportion(5, of: 5))
        #expect(none.fnir == Proportion(5, of: 5))
        #expect(none.rankOne.count == 0)
        #expect(none.fpir == Proportion(0, of: 10))
        var one = people.embeddings
        one[0] = nil
        one[1] = nil
        let all = try OpenSetIdentification(
            embeddings: one, identities: people.identities, threshold: 1, strangers: 0)
        #expect(all.failureToEnroll == Proportion(1, of: 10))
        #expect(all.fnir == Proportion(1, of: 10))
    }

    @Test func `The split follows from the seed`() throws {
        let people = try SyntheticPeople(people: 60, photosOfEach: 3, spread: 0.9)
        func run(_ seed: UInt64) throws -> OpenSetIdentification {
            try OpenSetIdentification(
                embeddings: people.embeddings, identities: people.identities, threshold: 0.7, seed: seed)
        }
        #expect(try run(5) == run(5))
        let (five, six) = (try run(5), try run(6))
        #expect((five.fpir, five.rankOne) != (six.fpir, six.rankOne))
    }
}

@Suite("Groups")
struct GroupTests {
    @Test func `Rates within each group, by hand`() throws {
        let embeddings: [Embedding?] = [at0, try at(10), try at(40), try at(90), nil]
        let groups = try GroupRates.measure(
            embeddings: embeddings, identities: ["a", "a", "b", "c", "c"], groups: ["y", "y", "y", "x", "x"],
            threshold: 0.6)
        #expect(groups.map(\.group) == ["x", "y"])
        #expect(groups[0].refusedPhotos == Proportion(1, of: 2))
        #expect(groups[0].point.fmr == Proportion(0, of: 0))
        #expect(groups[0].point.fnmr == Proportion(1, of: 1))
        // 10° and 40° are 0.518 apart, 0° and 40° are 0.684.
        #expect(groups[1].point.fmr == Proportion(1, of: 2))
        #expect(groups[1].point.fnmr == Proportion(0, of: 1))
        #expect(throws: EvaluationError.differentCounts(what: "groups", expected: 1, found: 0)) {
            try GroupRates.measure(embeddings: [nil], identities: ["a"], groups: [], threshold: 1)
        }
    }

    private var at0: Embedding? { try? at(0) }
}
