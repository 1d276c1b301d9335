import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// An index in memory that follows its gallery.
@Suite(.onEveryStore, .namingTheStore) struct GalleryIndexTests {
    private let place = try! TestPlace()

    private func open(_ access: Gallery.Access = .readWrite) throws -> Gallery {
        try Gallery(at: place.location, access: access)
    }

    private func nearest(
        _ index: GalleryIndex, to number: Int, count: Int = 1, among group: String? = nil
    ) throws -> [String] {
        try index.nearestPeople(to: [template(number).embedding], count: count, among: group)[0].map(\.person)
    }

    @Test func seesWhatAnotherChanges() throws {
        let writer = try open()
        let index = GalleryIndex(try open(.readOnly))
        #expect(try index.count() == 0)
        #expect(try index.space() == nil)
        #expect(try nearest(index, to: 1).isEmpty)
        try writer.enroll("Ada", template(1))
        try writer.enroll("Grace", template(2))
        #expect(try index.space() == facenet)
        #expect(try nearest(index, to: 1, count: 2) == ["Ada", "Grace"])
        try writer.rename("Ada", to: "Zoë")
        #expect(try nearest(index, to: 1) == ["Zoë"])
        try writer.enroll("Joan", template(3))
        try writer.removeTemplate(id(1))
        #expect(try index.count() == 2)
        #expect(try !nearest(index, to: 1, count: 9).contains("Zoë"))
        // The number of a template that is gone may be given to another.
        try writer.remove("Joan")
        try writer.enroll("Eva", template(4))
        #expect(try nearest(index, to: 4) == ["Eva"])
        #expect(try nearest(index, to: 3, count: 9).sorted() == ["Eva", "Grace"])
        try writer.rename("Eva", to: "Grace", merging: true)
        #expect(try nearest(index, to: 4, count: 9) == ["Grace"])
        try writer.removeAll()
        #expect(try index.count() == 0)
        try writer.enroll("Ada", template(5, space: sface))
        #expect(try index.space() == sface)
        #expect(throws: GalleryError.otherSpace(gallery: sface, found: facenet)) { try nearest(index, to: 1) }
    }

    @Test func followsAsIfItWereNew() throws {
        let gallery = try open()
        let index = GalleryIndex(gallery)
        var random = SeededRandom(seed: 5)
        for step in 0..<120 {
            let person = "P\(Int.random(in: 0..<9, using: &random))"
            switch Int.random(in: 0..<8, using: &random) {
            case 0: _ = try? gallery.remove(person)
            case 1: _ = try? gallery.removeTemplate(id(Int.random(in: 0...step, using: &random)))
            case 2: _ = try? gallery.rename(person, to: "P\(Int.random(in: 0..<9, using: &random))", merging: true)
            case 3: _ = try? gallery.setGroups(["g\(step % 2)"], of: person)
            default: try gallery.enroll(person, template(step))
            }
            guard step.isMultiple(of: 5) else { continue }
            let probes = try (0..<3).map { try template(step + $0).embedding }
            for group in [nil, "g0", "G1"] {
                #expect(
                    try index.nearestPeople(to: probes, count: 9, nearestTemplates: 2, among: group)
                        == GalleryIndex(gallery).nearestPeople(to: probes, count: 9, nearestTemplates: 2, among: group))
            }
            #expect(try index.count() == gallery.size().templates)
        }
    }

    @Test func findsOnlyPeopleOfAGroup() throws {
        let gallery = try open()
        let index = GalleryIndex(gallery)
        for number in 1...6 { try gallery.enroll("Person \(number)", template(number)) }
        try gallery.setGroups(["Night shift"], of: "Person 2")
        #expect(try nearest(index, to: 1, among: "night  SHIFT") == ["Person 2"])
        #expect(try nearest(index, to: 1, among: "day").isEmpty)
        try gallery.setGroups([], of: "Person 2")
        #expect(try nearest(index, to: 1, among: "night shift").isEmpty)
        #expect(throws: GalleryError.self) { try nearest(index, to: 1, among: "") }
    }

    @Test func matchesNobodyByATemplateThatIsOver() throws {
        let gallery = try open()
        let index = GalleryIndex(gallery)
        func expiring(_ number: Int, _ date: Date) throws -> Template {
            let other = try template(number)
            return Template(
                embedding: other.embedding, photoSHA256: other.photoSHA256, id: other.id, expires: date)
        }
        try gallery.enroll("Ada", expiring(1, Date(timeIntervalSinceNow: -1)))
        try gallery.enroll("Grace", expiring(2, Date(timeIntervalSinceNow: 1000)))
        #expect(try index.count() == 1)
        #expect(try nearest(index, to: 1, count: 9) == ["Grace"])
        #expect(try gallery.embeddings(of: "Ada").isEmpty)
        #expect(try gallery.embeddings(of: "Grace", now: Date(timeIntervalSinceNow: 1001)).isEmpty)
    }

    @Test(arguments: SearchPrecision.allCases) func givesTheSameInEveryPrecision(_ precision: SearchPrecision) throws {
        let gallery = try open()
        _ = try gallery.enroll((0..<300).map { ("Person \($0 % 90)", try template($0)) })
        let probes = try (0..<70).map { try template(1000 + $0).embedding }
        let found = try GalleryIndex(gallery, precision: precision).nearestPeople(to: probes, count: 5)
        for (probe, people) in zip(probes, found) {
            let distances = try gallery.people().map { person in
                try gallery.embeddings(of: person.name).map { try euclideanDistance($0, probe) }.min()!
            }
            #expect(people.map(\.distance) == distances.sorted().prefix(5).map { $0 })
        }
    }
}
