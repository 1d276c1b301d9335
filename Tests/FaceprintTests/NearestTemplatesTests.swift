import Foundation
import TestSupport
import Testing

@testable import Faceprint

private let space = EmbeddingSpace.made(by: "a")

/// The embedding at an angle on the unit circle; two of them are 2·sin(difference / 2) apart.
private func at(_ degrees: Double) throws -> Embedding {
    let angle = degrees * .pi / 180
    return try Embedding(normalizing: [Float(cos(angle)), Float(sin(angle))], space: space)
}

private func index(_ templates: [(person: String, degrees: Double)]) throws -> TemplateIndex {
    try TemplateIndex(templates.map { ($0.person, try at($0.degrees)) })
}

/// The decision over several templates of a person.
@Suite struct NearestTemplatesTests {
    @Test(arguments: [(0, 0.517638), (1, 0.517638), (2, 0.758819), (3, 0.977284), (9, 0.977284), (.max, 0.977284)])
    func verificationTakesTheMeanOfTheNearest(count: Int, expected: Float) throws {
        // At 30°, 60° and 90°: 0.517638, 1 and 1.414214 away.
        let decision = try verify(
            at(0), against: [at(90), at(30), at(60)], threshold: 0.6, nearestTemplates: count)
        #expect(abs(decision.distance - expected) < 1e-6)
        #expect(decision.isMatch == (count < 2))
    }

    @Test func onePhotoByChanceNearDecidesAloneButNotAmongTwo() throws {
        let people = try index([("Ann", 10), ("Ann", 80), ("Bob", 20), ("Bob", 25), ("Cem", 30)])
        func answer(_ count: Int) throws -> [Candidate] {
            try identify(at(0), in: people, threshold: 0.7, top: 3, nearestTemplates: count).candidates
        }
        #expect(try answer(1).map(\.person) == ["Ann", "Bob", "Cem"])
        let two = try answer(2)
        #expect(two.map(\.person) == ["Bob", "Cem", "Ann"])
        // (2·sin 10° + 2·sin 12.5°)/2, 2·sin 15°, (2·sin 5° + 2·sin 40°)/2.
        for (candidate, expected) in zip(two, [0.390088, 0.517638, 0.729943] as [Float]) {
            #expect(abs(candidate.distance - expected) < 1e-5)
        }
    }

    @Test func peopleWithoutAllTheirRowsAreNotRankedYet() {
        // Ann's second distance is still to come: at least 0.5, so her mean is at least 0.3.
        var ranking = PersonRanking(nearestTemplates: 2) { [2, 2, 1][$0] }
        for (distance, owner) in [(0.1, 0), (0.2, 1), (0.3, 1)] as [(Float, Int)] { ranking.add(distance, of: owner) }
        #expect(!ranking.isDecided(for: 1))
        ranking.add(0.5, of: 2)
        #expect(ranking.isDecided(for: 1))
        #expect(!ranking.isDecided(for: 2))
        let nearest = ranking.nearest(1)
        #expect(nearest.map(\.owner) == [1])
        #expect(abs(nearest[0].distance - 0.25) < 1e-6)
    }

    @Test func theIndexAgreesWithVerifyingEverybody() throws {
        var random = SeededRandom(seed: 5)
        for _ in 0..<60 {
            let templates = (0..<40).map { _ in
                (
                    person: "\(Int.random(in: 0..<9, using: &random))",
                    degrees: Double.random(in: 0..<360, using: &random)
                )
            }
            let people = try index(templates)
            let ofEach = Dictionary(grouping: templates, by: \.person)
            for count in [1, 2, 3, 50] {
                let expected = try ofEach.values.map { own in
                    try verify(
                        at(0), against: own.map { try at($0.degrees) }, threshold: 1, nearestTemplates: count
                    ).distance
                }.sorted()
                for wanted in [1, 3, 20] {
                    let found = try people.nearestPeople(to: at(0), count: wanted, nearestTemplates: count)
                    #expect(found.count == min(wanted, ofEach.count))
                    for (candidate, distance) in zip(found, expected) {
                        #expect(abs(candidate.distance - distance) < 1e-5)
                    }
                }
            }
        }
    }

    @Test func aBatchIsAnsweredAsEachAlone() throws {
        var random = SeededRandom(seed: 6)
        let templates = (0..<300).map { number in
            // The first person has most of the nearest.
            (person: "\(number % 3 == 0 ? 0 : number % 20)", degrees: Double.random(in: 0..<360, using: &random))
        }
        let people = try index(templates)
        let probes = try (0..<70).map { try at(Double($0) * 5) }
        for (wanted, nearestTemplates) in [(1, 1), (2, 1), (3, 2), (50, 1), (2, 40)] {
            let alone = try probes.map {
                try people.nearestPeople(to: $0, count: wanted, nearestTemplates: nearestTemplates)
            }
            #expect(
                try people.nearestPeople(to: probes, count: wanted, nearestTemplates: nearestTemplates) == alone)
        }
        #expect(try people.nearestPeople(to: [Embedding](), count: 2).isEmpty)
        #expect(throws: FaceprintError.self) {
            try people.nearestPeople(
                to: [at(0), Embedding(normalizing: [1, 0], space: .made(by: "b"))], count: 1)
        }
    }
}
