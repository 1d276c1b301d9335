import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What is kept for a limited time.
@Suite(.onEveryStore, .namingTheStore) struct CareRetentionTests {
    private let place: TestPlace
    private let gallery: Gallery
    private let day = 86_400

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
    }

    private func enroll(_ name: String, _ number: Int, created: Date = Date(), expires: Date? = nil) throws {
        let plain = try template(number)
        try gallery.enroll(
            name,
            Template(
                embedding: plain.embedding, photoSHA256: plain.photoSHA256, created: created, id: plain.id,
                expires: expires))
    }

    @Test func newTemplatesExpireWhenTheGallerySays() throws {
        try enroll("Ada", 1)
        try gallery.setRetention(Retention(templates: 365 * day))
        #expect(try gallery.retention() == Retention(templates: 365 * day))
        let created = Date(timeIntervalSince1970: 1_700_000_000)
        try enroll("Ada", 2, created: created)
        let own = Date(timeIntervalSince1970: 4_000_000_000)
        try enroll("Ada", 3, created: created, expires: own)
        #expect(
            try gallery.templates(of: "Ada").map(\.expires)
                == [nil, created.addingTimeInterval(Double(365 * day)), own])
        let event = try #require(try gallery.events(EventFilter(kinds: [.retentionChanged])).first)
        #expect(event.detail == ["templates": "never to 31536000 s"])
        try gallery.setRetention(Retention())
        #expect(try gallery.retention() == Retention())
    }

    @Test(arguments: [0, -1, .max, .min]) func whatCantBeATime(seconds: Int) throws {
        #expect(throws: GalleryError.invalidRetention(seconds: seconds)) {
            try gallery.setRetention(Retention(templates: seconds))
        }
        #expect(throws: GalleryError.invalidRetention(seconds: seconds)) {
            try gallery.setRetention(Retention(events: seconds))
        }
    }

    /// Before it is erased, too.
    @Test func anExpiredTemplateIsNeverMatched() throws {
        try enroll("Ada", 1, expires: Date(timeIntervalSinceNow: -1))
        try enroll("Ada", 2)
        try enroll("Grace", 3, expires: Date(timeIntervalSinceNow: 3600))
        let probe = try template(1).embedding
        #expect(try gallery.identify(probe, threshold: 0.01).match == nil)
        #expect(try !gallery.verify(probe, as: "Ada", threshold: 0.01).isMatch)
        #expect(try gallery.identify(template(3).embedding, threshold: 0.01).match?.person == "Grace")
        #expect(try gallery.searchable() == 2)
    }

    /// It is not taken for one that is there.
    @Test func aPhotoIsEnrolledAgainWhenItsTemplateHasExpired() throws {
        try enroll("Ada", 1, expires: Date(timeIntervalSinceNow: -1))
        try enroll("Grace", 1, expires: Date(timeIntervalSinceNow: 3600))
        // Nothing else was known of Ada.
        #expect(try gallery.people().map(\.name) == ["Grace"])
        #expect(try gallery.identify(template(1).embedding, threshold: 0.01).match?.person == "Grace")
        #expect(try gallery.inspect().defects.isEmpty)
    }

    @Test func whatIsOverIsErased() throws {
        let over = Date(timeIntervalSinceNow: -1)
        try enroll("Ada", 1, expires: over)
        try enroll("Grace", 2, expires: over)
        try enroll("Grace", 3)
        try enroll("Badge", 4, expires: over)
        try gallery.setBadge("17", of: "Badge")
        try enroll("Group", 5, expires: over)
        try gallery.setGroups(["staff"], of: "Group")
        try gallery.addPerson("Nobody Yet")
        let secret = try bytes(of: template(1))
        let version = try gallery.peopleVersion()

        let done = try gallery.expire()
        #expect(done.templates == 4 && done.people == 1 && done.events == 0)
        // Who has a badge or a group is somebody's wish, and so is who never had a photo.
        #expect(try gallery.people().map(\.name) == ["Badge", "Grace", "Group", "Nobody Yet"])
        #expect(try gallery.templates(of: "Grace").map(\.id) == [id(3)])
        if !Gallery.isServer(gallery.location) {
            #expect(done.isErased)
            #expect(try Data(contentsOf: URL(fileURLWithPath: gallery.location)).range(of: secret) == nil)
        }
        #expect(try gallery.peopleVersion() > version)
        let events = try gallery.events(EventFilter(kinds: [.templateExpired, .personRemoved]))
        #expect(events.count == 5 && events.allSatisfy { $0.actor == "retention" })

        // Nothing is written while nothing is over.
        let head = try gallery.verifyLog().head
        #expect(try gallery.expire().isEmpty)
        #expect(try gallery.verifyLog().head == head)
    }

    @Test func theLastTemplateFreesTheSpace() throws {
        try enroll("Ada", 1, expires: Date(timeIntervalSinceNow: -1))
        try gallery.expire()
        try gallery.enroll("Ada", template(2, space: sface))
        #expect(try gallery.space() == sface)
    }

    private func recordOldEvents() throws {
        let now = Date()
        try gallery.record(
            (0..<100).map {
                NewEvent(.refused, by: .page("front"), time: now.addingTimeInterval(Double(day * ($0 - 100))))
            })
    }

    @Test func oldEventsGoAndTheRestIsStillProved() throws {
        try recordOldEvents()
        let heads = try gallery.events(EventFilter(limit: 100)).map(\.hash)
        #expect(try gallery.expire().events == 0)
        try gallery.setRetention(Retention(events: 10 * day))
        let done = try gallery.expire()
        #expect((89...90).contains(done.events))
        let log = try gallery.verifyLog()
        #expect(log.start == done.events + 1 && log.count == 102 - done.events)
        // A head of the rest is found, one of what is gone is not.
        #expect(try gallery.verifyLog(expectedHead: heads[2]) == log)
        #expect(throws: GalleryError.self) { try gallery.verifyLog(expectedHead: heads[60]) }
        #expect(
            try gallery.events(EventFilter(limit: 1)).first?.detail == [
                "events": "\(done.events)", "until": "\(done.events)",
            ])
        #expect(try gallery.inspect().defects.isEmpty)
        #expect(try gallery.expire().isEmpty)

        // An edit is found as before, and so is one of the anchor.
        try execute("UPDATE event SET kind = 'door.opened' WHERE sequence = 95", on: place.location)
        #expect(throws: GalleryError.self) { try gallery.verifyLog() }
        try execute("UPDATE event SET kind = 'decision.refused' WHERE sequence = 95", on: place.location)
        try execute("UPDATE state SET log_hash = zeroblob(32)", on: place.location)
        #expect(throws: GalleryError.self) { try gallery.verifyLog() }
    }

    @Test func aLogOfWhichNothingIsLeftGoesOn() throws {
        try recordOldEvents()
        try gallery.setRetention(Retention(events: day))
        try gallery.expire(now: Date(timeIntervalSinceNow: Double(400 * day)))
        let log = try gallery.verifyLog()
        #expect(log.start == 102 && log.count == 1)
        let next = try gallery.record([NewEvent(.refused, by: .commandLine)])
        #expect(next.first?.sequence == 103)
        #expect(try gallery.verifyLog().count == 2)
    }
}
