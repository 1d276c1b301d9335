import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Single templates: their ids, pictures and quality; and people who have none.
@Suite(.onEveryStore, .namingTheStore) struct TemplateTests {
    private let place: TestPlace
    private let gallery: Gallery
    private var path: String { place.location }

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    @Test func keepTheirIdPictureAndQuality() throws {
        let full = try template(1, thumbnail: smallJPEG, quality: 62.5)
        try gallery.enroll("Ada", full)
        try gallery.enroll("Grace", template(2))
        let (person, found) = try gallery.template(id(1))
        #expect(person == "Ada" && found == full)
        #expect(try gallery.templates(of: "Ada") == [full])
        #expect(try gallery.thumbnail(id(1)) == smallJPEG)
        #expect(try gallery.thumbnail(id(2)).isEmpty)
        for attempt in [
            { try gallery.template(id(3)) }, { try gallery.thumbnail(id(3)) }, { try gallery.removeTemplate(id(3)) },
        ] as [() throws -> Any] {
            #expect(throws: GalleryError.noSuchTemplate(id(3))) { _ = try attempt() }
        }
    }

    @Test func areListedInParts() throws {
        for number in 0..<10 { try gallery.enroll(number % 2 == 0 ? "Ada" : "Grace", template(number, quality: 50)) }
        let all = try gallery.templateList()
        #expect(all.total == 10)
        #expect(all.entries.map(\.id) == (0..<10).map { id($0) })
        #expect(all.entries.map(\.person) == (0..<10).map { $0 % 2 == 0 ? "Ada" : "Grace" })
        #expect(all.entries.allSatisfy { $0.quality == 50 })
        #expect(try gallery.templateList(offset: 4, limit: 3).entries == Array(all.entries[4..<7]))
        let part = try gallery.templateList(of: "GRACE", offset: 3, limit: 100)
        #expect(part.total == 5)
        #expect(part.entries.map(\.id) == [id(7), id(9)])
        #expect(try gallery.templateList(offset: 10).entries.isEmpty)
        #expect(throws: GalleryError.noSuchPerson("Zoë", similar: [])) { try gallery.templateList(of: "Zoë") }
    }

    @Test func areRemovedOneByOne() throws {
        for number in 1...3 { try gallery.enroll("Ada", template(number, thumbnail: smallJPEG)) }
        #expect(try gallery.removeTemplate(id(2)).person == "Ada")
        #expect(try gallery.templateList().entries.map(\.id) == [id(1), id(3)])
        #expect(try gallery.removeTemplates(of: "ada") == 2)
        #expect(try gallery.people().map(\.templateCount) == [0])
        #expect(try gallery.templates(of: "Ada").isEmpty)
        #expect(try gallery.searchable() == 0)
        // With no template left, another model may be used; and the photo is free.
        try gallery.enroll("Ada", template(1, space: sface))
        #expect(try gallery.space() == sface)
    }

    @Test func areRemovedWithTheirPeople() throws {
        for number in 1...4 { try gallery.enroll("Person \(number % 2)", template(number)) }
        #expect(try gallery.removeTemplates(of: nil) == 4)
        #expect(try gallery.people().count == 2)
        #expect(try gallery.removeAll() == 2)
        #expect(try gallery.people().isEmpty)
        #expect(try gallery.removeAll() == 0)
    }

    @Test(.onlyOnAFile) func leaveNothingInTheFile() throws {
        func remains(_ data: Data) throws -> Bool {
            try ["", "-wal"].contains { try Data(contentsOf: URL(fileURLWithPath: path + $0)).range(of: data) != nil }
        }
        let picture = Data(smallJPEG[4..<2000])
        let removals: [() throws -> Any] = [
            { try gallery.removeTemplate(id(1)) }, { try gallery.removeTemplates(of: "Ada") },
            { try gallery.removeTemplates(of: nil) }, { try gallery.remove("Ada") }, { try gallery.removeAll() },
        ]
        for remove in removals {
            try gallery.enroll("Ada", template(1, thumbnail: smallJPEG))
            #expect(try remains(picture) && remains(bytes(of: template(1))))
            _ = try remove()
            #expect(try !remains(picture) && !remains(bytes(of: template(1))))
        }
    }

    @Test func mayBeMissing() throws {
        let added = try gallery.addPerson("  Ada ")
        #expect(added.name == "Ada" && added.templateCount == 0)
        #expect(try gallery.people() == [added])
        #expect(throws: GalleryError.nameTaken("Ada")) { try gallery.addPerson("ADA") }
        #expect(try gallery.searchable() == 0)
        #expect(throws: FaceprintError.noTemplates) {
            try gallery.verify(template(1).embedding, as: "Ada", threshold: 1)
        }
        #expect(try gallery.identify(template(1).embedding, threshold: 1).candidates.isEmpty)
        try gallery.enroll("Grace", template(1))
        #expect(try gallery.searchedNames() == ["Grace"])
        #expect(try gallery.enroll("ada", template(2)).person.name == "Ada")
        #expect(try gallery.searchedNames() == ["Ada", "Grace"])
    }

    @Test func countEveryChangeByWhomever() throws {
        let other = try Gallery(at: path)
        var last = try gallery.peopleVersion()
        let changes: [() throws -> Any] = [
            { try other.enroll("Ada", template(1)) }, { try other.addPerson("Grace") },
            { try other.rename("Grace", to: "Hopper") }, { try other.setBadge("1", of: "Ada") },
            { try other.setBadge(nil, of: "Ada") }, { try other.removeTemplate(id(1)) },
            { try other.remove("Hopper") }, { try other.enroll("Ada", template(1)) },
            { try other.removeTemplates(of: "Ada") }, { try other.removeAll() },
        ]
        for change in changes {
            _ = try change()
            let version = try gallery.peopleVersion()
            #expect(version > last)
            last = version
        }
        try other.enroll("Ada", template(1))
        last = try gallery.peopleVersion()
        #expect(throws: GalleryError.self) { try other.rename("Zoë", to: "Ada") }
        try other.enroll("Ada", template(1))
        #expect(try gallery.peopleVersion() == last)
        #expect(try Gallery(at: path, access: .readOnly).peopleVersion() == last)
    }

    @Test func becomeAnothersWhenPeopleAreMerged() throws {
        try gallery.enroll("Ada", template(1))
        try gallery.enroll("A. Lovelace", template(2))
        try gallery.setBadge("17", of: "Ada")
        #expect(throws: GalleryError.nameTaken("A. Lovelace")) { try gallery.rename("Ada", to: "a. lovelace") }
        try gallery.rename("Ada", to: "a. lovelace", merging: true)
        let person = Person(name: "A. Lovelace", templateCount: 2, created: try template(1).created, badge: "17")
        #expect(try gallery.people() == [person])
        #expect(try gallery.templates(of: "A. Lovelace") == [template(1), template(2)])
        try gallery.addPerson("Grace")
        try gallery.setBadge("18", of: "Grace")
        try gallery.rename("Grace", to: "A. Lovelace", merging: true)
        #expect(try gallery.people() == [person])
        try gallery.rename("A. Lovelace", to: "Ada", merging: true)
        #expect(try gallery.people().map(\.name) == ["Ada"])
    }
}
