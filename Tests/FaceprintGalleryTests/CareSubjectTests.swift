import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Everything about one person, and people page by page.
@Suite(.onEveryStore, .namingTheStore) struct CareSubjectTests {
    private let place: TestPlace
    private let gallery: Gallery

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    @Test func everythingAboutOnePerson() throws {
        try gallery.enroll("Ada", template(1, thumbnail: smallJPEG))
        try gallery.enroll("Bob", template(2))
        try gallery.setBadge("17", of: "Ada")
        try gallery.rename("Ada", to: "Ada King")
        try gallery.rename("Ada King", to: "Countess")
        try gallery.record([NewEvent(.doorOpened, by: .page("front"), person: "Countess")])
        // Somebody else gets the name later.
        let record = try gallery.subjectRecord(of: "countess")
        #expect(record.person.name == "Countess" && record.person.badge == "17")
        #expect(record.earlierNames == ["Ada King", "Ada"])
        #expect(record.templates.map(\.id) == [id(1)] && record.templates[0].thumbnail == smallJPEG)
        #expect(
            record.events.map(\.kind) == [
                .personAdded, .templateAdded, .badgeChanged, .personRenamed, .personRenamed, .doorOpened,
                .personExported,
            ])
        #expect(throws: GalleryError.noSuchPerson("Eve", similar: [])) { try gallery.subjectRecord(of: "Eve") }
    }

    /// Whoever was called so at another time is somebody else.
    @Test func aNameOfTwoPeopleAfterEachOther() throws {
        try gallery.enroll("Ada", template(1))
        try gallery.record([NewEvent(.doorOpened, by: .page("front"), person: "Ada")])
        try gallery.rename("Ada", to: "Countess")
        try gallery.enroll("Ada", template(2))
        try gallery.record([
            NewEvent(.doorFailed, by: .page("front"), person: "ada"),
            NewEvent(.identified, by: .page("front"), person: "Countess"),
        ])
        let first = try gallery.subjectRecord(of: "Countess")
        #expect(first.earlierNames == ["Ada"])
        #expect(
            first.events.map(\.kind) == [
                .personAdded, .templateAdded, .doorOpened, .personRenamed, .identified, .personExported,
            ])
        let second = try gallery.subjectRecord(of: "Ada")
        #expect(second.earlierNames.isEmpty)
        #expect(second.events.map(\.kind) == [.personAdded, .templateAdded, .doorFailed, .personExported])
        #expect(Set(first.events.map(\.sequence)).isDisjoint(with: second.events.map(\.sequence)))
    }

    @Test func aNameOfSomebodyWhoWasRemoved() throws {
        try gallery.enroll("Ada", template(1))
        try gallery.remove("Ada")
        try gallery.record([NewEvent(.refused, by: .page("front"), person: "Ada")])
        try gallery.addPerson("Grace")
        try gallery.rename("Grace", to: "Ada")
        let record = try gallery.subjectRecord(of: "Ada")
        #expect(record.earlierNames == ["Grace"])
        #expect(record.events.map(\.kind) == [.personAdded, .personRenamed, .personExported])
    }

    /// A name that was taken back, and another person who became this one.
    @Test func namesThatCameBackTogether() throws {
        try gallery.addPerson("Ada")
        try gallery.addPerson("Grace")
        try gallery.rename("Ada", to: "Countess")
        try gallery.rename("Countess", to: "Ada")
        try gallery.rename("Grace", to: "Ada", merging: true)
        try gallery.addPerson("Grace")
        let record = try gallery.subjectRecord(of: "Ada")
        #expect(record.earlierNames == ["Grace", "Countess"])
        #expect(
            record.events.map(\.kind) == [
                .personAdded, .personAdded, .personRenamed, .personRenamed, .personRenamed, .personExported,
            ])
    }

    @Test func peoplePageByPage() throws {
        let names = ["ada", "Bob", "carl", "Dora", "Émile", "Zoë"]
        for name in names.shuffled() { try gallery.addPerson(name) }
        var found: [String] = []
        while true {
            let page = try gallery.people(after: found.last, limit: 4)
            found += page.map(\.name)
            if page.count < 4 { break }
        }
        #expect(found == (try gallery.people().map(\.name)) && Set(found) == Set(names))
    }
}
