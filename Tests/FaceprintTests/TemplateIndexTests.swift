import TestSupport
import Testing

@testable import Faceprint

private let space = EmbeddingSpace.made(by: "a")

/// An index that follows a gallery, beside a plain list of the same templates.
private struct Model {
    var people: [Int: (name: String, groups: Set<String>)] = [:]
    var templates: [Int: (person: Int, values: [Float])] = [:]

    /// By the definition: everybody in the groups, by the mean of the nearest distances.
    func nearest(to probe: [Float], count: Int, nearestTemplates: Int, among groups: Set<String>?) -> [Candidate] {
        var places: [(distance: Float, nearest: Float, id: Int, name: String)] = []
        for (id, person) in people where groups.map({ !$0.isDisjoint(with: person.groups) }) ?? true {
            let own = templates.filter { $0.value.person == id }
                .map { (squaredEuclideanDistance($0.value.values, probe), $0.key) }.sorted { $0 < $1 }
            guard let first = own.first else { continue }
            let nearest = own.prefix(nearestTemplates).map { $0.0.squareRoot() }
            let mean = Float(nearest.reduce(0.0) { $0 + Double($1) } / Double(nearest.count))
            places.append((mean, first.0, first.1, person.name))
        }
        return places.sorted { ($0.distance, $0.nearest, $0.id) < ($1.distance, $1.nearest, $1.id) }
            .prefix(count).map { Candidate(person: $0.name, distance: $0.distance) }
    }
}

@Suite struct TemplateIndexTests {
    @Test(arguments: SearchPrecision.allCases, [1, 2, 3] as [UInt64])
    func changesInAnyOrderAgreeWithAPlainList(precision: SearchPrecision, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var index = TemplateIndex(space: space, dimension: 6, precision: precision)
        var model = Model()
        // Few different vectors, so that there are ties.
        let vectors = try (0..<60).map { _ in try Embedding(normalizing: random.vector(6), space: space).values }
        for step in 0..<4000 {
            let person = Int.random(in: 0..<40, using: &random)
            let template = Int.random(in: 0..<400, using: &random)
            switch Int.random(in: 0..<20, using: &random) {
            case 0:
                index.removePerson(person)
                model.people[person] = nil
                model.templates = model.templates.filter { $0.value.person != person }
            case 1..<4:
                let groups = model.people[person]?.groups ?? []
                index.setPerson(person, name: "\(person) \(step)", groups: groups)
                model.people[person] = ("\(person) \(step)", groups)
            case 4..<6 where model.people[person] != nil:
                let groups = Set(["a", "b", "c", "d"].filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
                index.setPerson(person, name: model.people[person]!.name, groups: groups)
                model.people[person]?.groups = groups
            case 6..<10:
                index.removeTemplate(template)
                model.templates[template] = nil
            case _ where model.people[person] != nil:
                let values = vectors.randomElement(using: &random)!
                try index.setTemplate(template, of: person, values: values)
                model.templates[template] = (person, values)
            default: break
            }
            guard step.isMultiple(of: 100) else { continue }
            #expect(index.count == model.templates.count)
            let probes = [vectors[0], try Embedding(normalizing: random.vector(6), space: space).values]
                .map { try! Embedding(normalizing: $0, space: space) }
            for groups in [nil, [], ["a"], ["b", "c"], ["e"]] as [Set<String>?] {
                for (count, nearestTemplates) in [(1, 1), (3, 1), (2, 3), (100, 2)] {
                    let found = try index.nearestPeople(
                        to: probes, count: count, nearestTemplates: nearestTemplates, among: groups)
                    #expect(
                        found
                            == probes.map {
                                model.nearest(
                                    to: $0.values, count: count, nearestTemplates: nearestTemplates, among: groups)
                            })
                    for (probe, found) in zip(probes, found) {
                        let alone = try index.nearestPeople(
                            to: probe, count: count, nearestTemplates: nearestTemplates, among: groups)
                        #expect(alone == found)
                    }
                }
            }
        }
    }

    /// Both ways of looking through a group: at its own rows, and at all rows but for its own.
    @Test(arguments: SearchPrecision.allCases, [1, 5, 40, 90])
    func aGroupIsSearchedAsIfNobodyElseWereThere(precision: SearchPrecision, percent: Int) throws {
        var random = SeededRandom(seed: UInt64(percent))
        var all = TemplateIndex(space: space, dimension: 8, precision: precision)
        var alone = TemplateIndex(space: space, dimension: 8)
        for person in 0..<400 {
            let isMember = person % 100 < percent
            all.setPerson(person, name: "\(person)", groups: isMember ? ["staff", "all"] : ["all"])
            if isMember { alone.setPerson(person, name: "\(person)") }
            for template in 0..<5 {
                let values = try Embedding(normalizing: random.vector(8), space: space).values
                try all.setTemplate(10 * person + template, of: person, values: values)
                if isMember { try alone.setTemplate(10 * person + template, of: person, values: values) }
            }
        }
        let probes = try (0..<20).map { _ in try Embedding(normalizing: random.vector(8), space: space) }
        for (count, nearestTemplates) in [(1, 1), (5, 1), (3, 2), (1000, 9)] {
            let expected = try alone.nearestPeople(to: probes, count: count, nearestTemplates: nearestTemplates)
            let found = try all.nearestPeople(
                to: probes, count: count, nearestTemplates: nearestTemplates, among: ["staff"])
            #expect(found == expected)
        }
        let answers = try identify(probes, in: all, threshold: 0.5, top: 2, among: ["staff"])
        #expect(try answers == probes.map { try identify($0, in: all, threshold: 0.5, top: 2, among: ["staff"]) })
        #expect(answers.map(\.candidates) == (try alone.nearestPeople(to: probes, count: 2)))
    }

    @Test func equalDistancesAreTakenByTheTemplatesIDs() throws {
        var index = TemplateIndex(space: space, dimension: 2)
        for person in 0..<30 { index.setPerson(person, name: "\(person)") }
        // The rows are in another order than the ids, and removal mixes them more.
        for id in (0..<30).reversed() { try index.setTemplate(id, of: id, values: [0, 1]) }
        for id in [0, 29, 11] { index.removeTemplate(id) }
        let probe = try Embedding(normalizing: [1, 0], space: space)
        #expect(try index.nearestPeople(to: probe, count: 3).map(\.person) == ["1", "2", "3"])
        #expect(try index.nearestPeople(to: probe, count: 100).count == 27)
    }

    @Test func whatDoesNotFitIsRefusedAndChangesNothing() throws {
        var index = TemplateIndex(space: space, dimension: 2)
        index.setPerson(1, name: "Ann")
        try index.setTemplate(5, of: 1, values: [1, 0])
        #expect(throws: FaceprintError.self) { try index.setTemplate(5, of: 1, values: [1, 0, 0]) }
        #expect(throws: FaceprintError.self) { try index.setTemplate(5, of: 2, values: [0, 1]) }
        index.removeTemplate(6)
        index.removePerson(2)
        let probe = try Embedding(normalizing: [1, 0], space: space)
        #expect(try index.nearestPeople(to: probe, count: 9) == [Candidate(person: "Ann", distance: 0)])
        #expect(try index.nearestPeople(to: [], count: 9) == [])
    }
}
