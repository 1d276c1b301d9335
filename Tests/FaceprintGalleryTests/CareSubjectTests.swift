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
