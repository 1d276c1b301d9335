import Faceprint
import Foundation
import TestSupport
import Testing

/// The embedding at an angle on the unit circle; two of them are 2·sin(difference / 2) apart.
private func at(_ degrees: Double, in space: EmbeddingSpace = .made(by: "a")) throws -> Embedding {
    let angle = degrees * .pi / 180
    return try Embedding(normalizing: [Float(cos(angle)), Float(sin(angle))], space: space)
}

private func isNear(_ a: Float, _ b: Float) -> Bool { abs(a - b) < 1e-6 }

@Suite("Verification")
struct VerificationTests {
    @Test func `The distance is the smallest over the templates, wherever it stands`() throws {
        for angles: [Double] in [[60, 90, 180], [180, 60, 90], [90, 180, -60]] {
            let decision = try verify(at(0), against: angles.map { try at($0) }, threshold: 0.7)
            #expect(isNear(decision.distance, 1))
            #expect(!decision.isMatch)
        }
        #expect(try verify(at(0), against: [at(90), at(10)], threshold: 0.7).isMatch)
    }

    @Test func `The threshold itself is accepted, anything beyond is not`() throws {
        let templates = [try at(90)]
        let distance = try verify(at(0), against: templates, threshold: 0).distance
        #expect(try verify(at(0), against: templates, threshold: distance).isMatch)
        #expect(try !verify(at(0), against: templates, threshold: distance.nextDown).isMatch)
        #expect(try verify(at(0), against: [at(0)], threshold: 0).isMatch)
        #expect(try verify(at(0), against: [at(180)], threshold: 2).isMatch)
    }

    @Test func `A person without templates is an error, not a refusal`() throws {
        let probe = try at(0)
        #expect(throws: FaceprintError.noTemplates) { try verify(probe, against: [], threshold: 0.7) }
    }

    @Test func `One template of another space is an error`() throws {
        let (probe, other) = (try at(0), EmbeddingSpace.made(by: "b"))
        let templates = [try at(0), try at(0, in: other)]
        #expect(throws: FaceprintError.incomparable("\(probe.space)", "\(other)")) {
            try verify(probe, against: templates, threshold: 0.7)
        }
    }

    @Test(arguments: [.nan, -0.1, 2.1, .infinity, -.infinity] as [Float])
    func `A threshold that is no distance is refused`(threshold: Float) throws {
        let probe = try at(0)
        let index = try makeIndex([("Ann", 0)])
        let error = FaceprintError.outOfRange(
            what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, 0 to 2")
        #expect(throws: error) { try verify(probe, against: [probe], threshold: threshold) }
        #expect(throws: error) { try identify(probe, in: index, threshold: threshold) }
    }
}

@Suite("Identification")
struct IdentificationTests {
    @Test func `It names the nearest person, by the nearest template`() throws {
        let index = try makeIndex([("Ann", 90), ("Bob", 30), ("Ann", 10), ("Cem", 20)])
        let answer = try identify(at(0), in: index, threshold: 0.7, top: 3)
        #expect(answer.candidates.map(\.person) == ["Ann", "Cem", "Bob"])
        #expect(answer.match?.person == "Ann")
        let direct = try verify(at(0), against: [at(90), at(10)], threshold: 0.7)
        #expect(isNear(answer.candidates[0].distance, direct.distance))
    }

    @Test func `The nearest K people are distinct, even when the nearest rows are all of one`() throws {
        let crowd = (1...200).map { ("Ann", Double($0) * 0.01) }
        let index = try makeIndex(crowd + [("Bob", 40), ("Cem", 50), ("Dora", 60), ("Bob", 170)])
        #expect(index.count == 204)
        for top in 1...6 {
            let answer = try identify(at(0), in: index, threshold: 0.7, top: top)
            #expect(answer.candidates.map(\.person) == Array(["Ann", "Bob", "Cem", "Dora"].prefix(top)))
            #expect(answer.candidates.map(\.distance) == answer.candidates.map(\.distance).sorted())
        }
    }

    @Test func `Somebody who isn't enrolled matches nobody, but the nearest are named`() throws {
        let index = try makeIndex([("Ann", 90), ("Bob", 120)])
        let answer = try identify(at(0), in: index, threshold: 0.7)
        #expect(answer.match == nil)
        #expect(answer.candidates.map(\.person) == ["Ann"])
    }

    @Test func `The threshold itself is accepted`() throws {
        let index = try makeIndex([("Ann", 90)])
        let distance = try identify(at(0), in: index, threshold: 0).candidates[0].distance
        #expect(try identify(at(0), in: index, threshold: distance).match?.person == "Ann")
        #expect(try identify(at(0), in: index, threshold: distance.nextDown).match == nil)
    }

    @Test func `An empty index knows nobody`() throws {
        let answer = try identify(at(0), in: TemplateIndex(space: .made(by: "a"), dimension: 2), threshold: 2, top: 5)
        #expect(answer.candidates == [])
        #expect(answer.match == nil)
    }

    @Test(arguments: [Int.min, -1, 0, .max]) func `Any count of people is answered`(top: Int) throws {
        let index = try makeIndex([("Ann", 1), ("Ann", 2), ("Bob", 3)])
        let answer = try identify(at(0), in: index, threshold: 0.7, top: top)
        #expect(answer.candidates.map(\.person) == (top == .max ? ["Ann", "Bob"] : ["Ann"]))
    }

    @Test func `A probe of another space is refused, of another length too`() throws {
        let index = try makeIndex([("Ann", 0)])
        let foreign = try at(0, in: .made(by: "b"))
        #expect(throws: FaceprintError.incomparable("\(foreign.space)", "\(index.space)")) {
            try identify(foreign, in: index, threshold: 0.7)
        }
        let long = try Embedding(normalizing: [1, 0, 0], space: index.space)
        #expect(throws: FaceprintError.self) { try identify(long, in: index, threshold: 0.7) }
    }
}

private func makeIndex(_ templates: [(person: String, degrees: Double)]) throws -> TemplateIndex {
    try TemplateIndex(templates.map { ($0.person, try at($0.degrees)) })
}
