import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What an inspection finds, and what works all the same.
@Suite(.onEveryStore, .namingTheStore) struct CareInspectionTests {
    private let place: TestPlace
    private let gallery: Gallery

    init() throws {
        place = try TestPlace()
        gallery = try Gallery(at: place.location)
        for number in 0..<60 {
            try gallery.enroll("Person \(number % 6)", template(number, thumbnail: smallJPEG, quality: 50))
        }
        try gallery.setBadge("17", of: "Person 2")
        try gallery.setGroups(["staff"], of: "Person 2")
        _ = try gallery.createKey(named: "door", scopes: [.door])
    }

    @Test func anIntactGallery() throws {
        let found = try gallery.inspect()
        #expect(found.defects == [])
        #expect(found.people == 6 && found.templates == 60 && found.thumbnails == 60 && found.events == 69)
    }

    @Test(
        .onlyOnAFile,
        arguments: [
            ("UPDATE person SET name = 'x' || char(27) WHERE id = 3", ["person number 3", "control character"]),
            ("UPDATE person SET key = 'other' WHERE id = 3", ["person number 3", "can't be found by it"]),
            ("UPDATE person SET badge_key = 'other' WHERE id = 3", ["person number 3", "badge"]),
            ("UPDATE person SET changed = 1000000 WHERE id = 3", ["person number 3", "later than the gallery"]),
            ("UPDATE person SET created = 9223372036854775807 WHERE id = 3", ["person number 3", "date"]),
            ("UPDATE membership SET key = 'x'", ["person number 3", "group"]),
            ("UPDATE membership SET person = 99", ["memberships of groups whose person is missing"]),
            (
                "UPDATE template SET embedding = zeroblob(512) WHERE id = 8",
                ["template number 8 of “Person 1”", "unit length"]
            ),
            (
                "UPDATE template SET embedding = zeroblob(5) WHERE id = 8",
                ["template number 8 of “Person 1”", "5 bytes"]
            ),
            ("UPDATE template SET created = -9223372036854775807 WHERE id = 8", ["template number 8", "date"]),
            ("UPDATE template SET expires = 9223372036854775807 WHERE id = 8", ["template number 8", "date"]),
            ("UPDATE template SET quality = 101 WHERE id = 8", ["template number 8", "quality is 101"]),
            ("UPDATE template SET uuid = zeroblob(3) WHERE id = 8", ["template number 8", "3 bytes"]),
            ("UPDATE template SET photo_sha256 = zeroblob(3) WHERE id = 8", ["template number 8", "SHA-256"]),
            ("UPDATE template SET changed = 1000000 WHERE id = 8", ["template number 8", "later than the gallery"]),
            ("DELETE FROM person WHERE id = 3", ["template number 3 of “”", "its person is missing"]),
            ("DELETE FROM space", ["no model that encoded them"]),
            ("UPDATE thumbnail SET jpeg = zeroblob(9) WHERE template = 8", ["thumbnail of template number 8", "JPEG"]),
            ("DELETE FROM template WHERE id = 8", ["thumbnail of template number 8 has lost its template"]),
            ("DELETE FROM state", ["counters"]),
            ("UPDATE state SET identification_threshold = 3", ["threshold"]),
            ("UPDATE state SET gallery = NULL", ["no id"]),
            ("UPDATE state SET template_retention = -5", ["-5 seconds"]),
            ("UPDATE key SET hash = 'x'", ["door"]),
            ("UPDATE event SET person = 'Eve' WHERE sequence = 20", ["log is broken at event 20"]),
            ("DELETE FROM event WHERE sequence = 20", ["log is broken at event 20"]),
            ("INSERT INTO removal VALUES (1000000, 8)", ["said to be removed"]),
        ])
    func aDefectIsNamed(sql: String, words: [String]) throws {
        try execute(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)", on: place.location)
        let found = try Gallery(at: gallery.location, access: .readOnly).inspect()
        #expect(!found.isIntact)
        #expect(
            found.defects.contains { defect in words.allSatisfy(defect.contains) }, "\(found.defects)")
        #expect(!found.defects.joined().contains("\u{1B}"))
    }

    @Test func whatDecodesPicturesLooksCloser() throws {
        let found = try gallery.inspect { $0 == smallJPEG ? "it can't be decoded" : nil }
        #expect(found.defects.count == 60 && found.defects[0].contains("it can't be decoded"))
    }

    /// The damaged one is named, and nobody else is kept from being found.
    @Test func aDamagedTemplateIsLeftOutOfTheSearch() throws {
        try execute("UPDATE template SET embedding = zeroblob(512) WHERE id = 8", on: place.location)
        let index = GalleryIndex(gallery)
        #expect(try index.count() == 59)
        #expect(
            try index.damage() == [.damagedTemplate(id: 8, person: "Person 1", reason: "it is not of unit length")])
        let found = try gallery.identify(template(13).embedding, threshold: 0.1)
        #expect(found.match?.person == "Person 1")
        #expect(try gallery.identify(template(7).embedding, threshold: 1e-4).match == nil)
    }

    @Test func statistics() throws {
        try gallery.addPerson("Nobody Yet")
        let plain = try template(100)
        try gallery.enroll(
            "Person 1",
            Template(
                embedding: plain.embedding, photoSHA256: plain.photoSHA256, quality: 90,
                expires: Date(timeIntervalSinceNow: 86_400)))
        let found = try gallery.statistics()
        #expect(found.people == 7 && found.peopleWithoutTemplates == 1)
        #expect(found.templates == 61 && found.mostTemplates == 11)
        #expect(found.space == facenet && found.dimension == 128 && found.indexBytes > 61 * 128 * 5)
        #expect(found.thumbnails == 60 && found.thumbnailBytes == 60 * smallJPEG.count)
        #expect(found.quality?.lowest == 50 && found.quality?.highest == 90)
        #expect(found.expiring == 1 && found.expiringSoon == 1)
        #expect(found.oldest == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(
            found.version == (Gallery.isServer(gallery.location) ? 3 : 4) && !found.isSealed && found.bytes > 60 * 3500)
        #expect(found.events == 71 && found.eventsSince != nil)
    }
}
