import FaceprintGallery
import Foundation
import TestSupport
import Testing

@Suite(.onEveryStore, .namingTheStore) struct BadgeTests {
    private let place: TestPlace
    private let gallery: Gallery

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
        try gallery.enroll("Ada", template(1))
        try gallery.enroll("Grace", template(2))
    }

    @Test func areOnePersonsAtATime() throws {
        try gallery.setBadge(" e-0017 ", of: "ada")
        #expect(try gallery.people().map(\.badge) == ["e-0017", nil])
        #expect(try gallery.person(withBadge: "E-0017")?.name == "Ada")
        #expect(throws: GalleryError.badgeTaken(person: "Ada")) { try gallery.setBadge("E-0017", of: "Grace") }
        try gallery.setBadge("E-0017", of: "Ada")
        #expect(try gallery.person(named: "Ada").badge == "E-0017")
        try gallery.setBadge(nil, of: "Ada")
        #expect(try gallery.person(withBadge: "e-0017") == nil)
        try gallery.setBadge("e-0017", of: "Grace")
        #expect(try gallery.person(withBadge: "e-0017")?.name == "Grace")
        try gallery.remove("Grace")
        try gallery.setBadge("e-0017", of: "Ada")
        #expect(throws: GalleryError.noSuchPerson("Zoë", similar: [])) { try gallery.setBadge("1", of: "Zoë") }
    }

    @Test func areFoundBeforeNames() throws {
        try gallery.setBadge("Grace", of: "Ada")
        try gallery.setBadge("18", of: "Grace")
        #expect(try gallery.person(claimed: "grace")?.name == "Ada")
        #expect(try gallery.person(claimed: "18")?.name == "Grace")
        #expect(try gallery.person(claimed: " ADA")?.name == "Ada")
        for stranger in ["19", "Zoë", "", "\u{1B}[2J", String(repeating: "x", count: 100_000)] {
            #expect(try gallery.person(claimed: stranger) == nil)
            #expect(try gallery.person(withBadge: stranger) == nil)
        }
    }

    @Test(arguments: [
        ("", "empty"), ("a\u{1B}b", "U+001B"), (String(repeating: "1", count: 65), "65"),
        (String(repeating: "1", count: 201), "201"),
    ])
    func areRefusedWithTheReason(_ badge: String, _ part: String) throws {
        #expect {
            try gallery.setBadge(badge, of: "Ada")
        } throws: {
            guard case GalleryError.invalidBadge(badge, let reason) = $0 else { return false }
            return reason.contains(part) && !"\($0)".unicodeScalars.contains { $0.value < 32 }
        }
        #expect(try gallery.person(named: "Ada").badge == nil)
    }

    @Test func areCheckedWhenAFileIsReadToo() throws {
        try gallery.setBadge("17", of: "Ada")
        try execute("UPDATE person SET badge = 'x' || char(27)", on: place.location)
        #expect {
            try gallery.people()
        } throws: {
            guard case GalleryError.damagedPerson(1, _) = $0 else { return false }
            return !"\($0)".contains("\u{1B}")
        }
    }
}
