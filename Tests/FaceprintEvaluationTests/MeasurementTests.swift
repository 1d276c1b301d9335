import Faceprint
import FaceprintEvaluation
import Testing

@Suite("Measured pairs")
struct MeasurementTests {
    @Test func `Pairs of a list are measured, those with a refused photo are infinitely far`() throws {
        let list = PairList([
            Pair(first: "a", second: "b", isGenuine: true), Pair(first: "a", second: "c", isGenuine: false),
            Pair(first: "a", second: "d", isGenuine: true),
        ])
        let embeddings = ["a": try at(0), "b": try at(60), "c": try at(180)]
        let measured = try PairMeasurement(of: list, embeddings: embeddings, refused: ["d", "not in the list"])
        #expect(isNear(Double(measured.pairs[0].distance), 1, within: 1e-6))
        #expect(isNear(Double(measured.pairs[1].distance), 2, within: 1e-6))
        #expect(measured.pairs[2].isRefused)
        #expect(measured.refusedPhotos == Proportion(1, of: 4))
        #expect(measured.genuine.count == 2)
        #expect(measured.genuine.refused == 1)
        #expect(measured.impostor.count == 1)
        #expect(throws: EvaluationError.missingPhoto("d")) { try PairMeasurement(of: list, embeddings: embeddings) }
    }

    @Test func `Embeddings of two spaces are an error`() throws {
        let other = EmbeddingSpace(model: "other", modelSHA256: "00", profile: "none")
        let list = PairList([Pair(first: "a", second: "b", isGenuine: true)])
        let embeddings = ["a": try at(0), "b": try at(60, in: other)]
        #expect(throws: EvaluationError.differentSpaces("\(space)", "\(other)")) {
            try PairMeasurement(of: list, embeddings: embeddings)
        }
        #expect(throws: EvaluationError.differentSpaces("\(space)", "\(other)")) {
            try AllPairs(embeddings: [at(0), at(60, in: other)], identities: ["a", "b"])
        }
    }
}

@Suite("All pairs")
struct AllPairsTests {
    @Test func `They are the pairs of two loops, impostors rounded up`() throws {
        var people = try SyntheticPeople(people: 150, photosOfEach: 4, spread: 0.6)
        people.embeddings[7] = nil
        people.embeddings[599] = nil
        var (genuine, impostor): ([Float], [Float]) = ([], [])
        for i in people.embeddings.indices {
            for j in people.embeddings.indices where j > i {
                var distance = Float.infinity
                if let first = people.embeddings[i], let second = people.embeddings[j] {
                    distance = try euclideanDistance(first, second)
                }
                if people.identities[i] == people.identities[j] {
                    genuine.append(distance)
                } else {
                    impostor.append((distance / AllPairs.resolution).rounded(.up) * AllPairs.resolution)
                }
            }
        }
        let all = try AllPairs(embeddings: people.embeddings, identities: people.identities)
        #expect(all.genuine == DistanceCounts(genuine))
        let expected = DistanceCounts(impostor)
        #expect(all.impostor.values == expected.values)
        #expect(all.impostor.cumulative == expected.cumulative)
        #expect(all.impostor.refused == expected.refused)
        #expect(all.refusedPhotos == Proportion(2, of: 600))
        #expect(all.farthestGenuine.map(\.distance) == Array(genuine.filter(\.isFinite).sorted().suffix(12).reversed()))
        let nearest = try #require(all.nearestImpostors.first)
        #expect((nearest.distance / AllPairs.resolution).rounded(.up) * AllPairs.resolution == expected.values[0])
        #expect(people.identities[nearest.first] != people.identities[nearest.second])
        let again = try AllPairs(embeddings: people.embeddings, identities: people.identities, worst: 3)
        #expect(again.nearestImpostors == Array(all.nearestImpostors.prefix(3)))
    }

    @Test func `Rates at a threshold for an FMR are exact`() throws {
        let people = try SyntheticPeople(people: 100, photosOfEach: 3, spread: 0.5)
        let all = try AllPairs(embeddings: people.embeddings, identities: people.identities)
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        let point = try #require(rates.operatingPoint(fmr: 1e-3))
        var accepted = 0
        for i in people.embeddings.indices {
            for j in (i + 1)..<people.embeddings.count where people.identities[i] != people.identities[j] {
                let (first, second) = (try #require(people.embeddings[i]), try #require(people.embeddings[j]))
                if try euclideanDistance(first, second) <= point.threshold { accepted += 1 }
            }
        }
        #expect(point.fmr == Proportion(accepted, of: 300 * 299 / 2 - 300))
        #expect(point.fmr.value <= 1e-3)
    }

    @Test func `Few photos or none are no trouble`() throws {
        for photos in [[], [try at(0)], [nil, nil]] {
            let all = try AllPairs(
                embeddings: photos, identities: photos.indices.map { "person \($0)" }, worst: 0)
            #expect(all.genuine.count == 0)
            #expect(all.impostor.count == (photos.count == 2 ? 1 : 0))
            #expect(all.impostor.finiteCount == 0)
        }
        let opposite = try AllPairs(embeddings: [at(0), at(180)], identities: ["a", "b"])
        #expect(isNear(Double(opposite.impostor.values[0]), 2, within: 1e-4))
        #expect(throws: EvaluationError.differentCounts(what: "identities", expected: 1, found: 0)) {
            try AllPairs(embeddings: [nil], identities: [])
        }
    }
}
