import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Looking many photos up at once.
@Suite(.onEveryStore, .namingTheStore) struct EnrolledPhotosTests {
    private let place = try! TestPlace()

    @Test func photosAreFoundWithTheirOwners() throws {
        let gallery = try Gallery(at: place.location)
        for number in 0..<80 { try gallery.enroll("person \(number % 7)", template(number)) }
        let digests = try (0..<200).map { try template($0).photoSHA256 }
        for count in [0, 1, 31, 32, 33, 64, 200] {
            let owners = try gallery.enrolledPhotos(among: Array(digests.prefix(count)))
            #expect(owners.count == min(count, 80))
            for number in 0..<min(count, 80) { #expect(owners[digests[number]] == "person \(number % 7)") }
        }
        #expect(try gallery.enrolledPhotos(among: [digests[3], digests[3], digests[150]]) == [digests[3]: "person 3"])
        #expect(try gallery.enrolledPhotos(among: [digests[79].uppercased()]).values.map(\.self) == ["person 2"])
    }

    @Test func aPhotoWhoseTimeIsOverIsNotEnrolled() throws {
        let gallery = try Gallery(at: place.location)
        let seconds: [Double?] = [-1, 3600, nil]
        let templates = try seconds.enumerated().map { number, seconds in
            let plain = try template(number)
            return Template(
                embedding: plain.embedding, photoSHA256: plain.photoSHA256,
                expires: seconds.map { Date(timeIntervalSinceNow: $0) })
        }
        for template in templates { try gallery.enroll("Ann", template) }
        let digests = templates.map(\.photoSHA256)
        #expect(try gallery.enrolledPhotos(among: digests) == [digests[1]: "Ann", digests[2]: "Ann"])
    }

    @Test func onlyDigestsAreLookedUp() throws {
        let gallery = try Gallery(at: place.location)
        for wrong in ["", "00", String(repeating: "g", count: 64)] {
            #expect(throws: GalleryError.self) { try gallery.enrolledPhotos(among: [wrong]) }
        }
        #expect(try gallery.enrolledPhotos(among: [try template(1).photoSHA256]).isEmpty)
    }
}
