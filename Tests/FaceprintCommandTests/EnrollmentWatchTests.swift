import Faceprint
import FaceprintGallery
import TestSupport
import Testing

@testable import FaceprintCommand

@Suite struct EnrollmentWatchTests {
    private let folder = try! TemporaryFolder()
    private let space = EmbeddingSpace(model: "test", modelSHA256: "0", profile: "box")

    /// Near to a direction that each person has.
    private func template(_ person: Int, _ photo: Int, noise: Float, _ random: inout SeededRandom) throws -> Template {
        var centre = SeededRandom(seed: UInt64(1000 + person))
        let values = zip(centre.vector(16), random.vector(16, scale: noise)).map(+)
        return Template(
            embedding: try Embedding(normalizing: values, space: space),
            photoSHA256: String(repeating: "0", count: 58) + String(100_000 + photo))
    }

    @Test func warningsAreTheSameTogetherAndOneByOne() throws {
        var random = SeededRandom(seed: 7)
        var entries: [(name: String, template: Template)] = []
        for photo in 0..<120 {
            // Some look like nobody, some like the wrong person, and names come back.
            let person = photo / 8 % 9
            let shown = photo % 11 == 5 ? (person + 1) % 9 : person
            let noise: Float = photo % 7 == 3 ? 2.5 : 0.6
            entries.append(("person \(person)", try template(shown, photo, noise: noise, &random)))
        }
        func warnings(inGroupsOf size: Int) throws -> [String?] {
            let gallery = try Gallery(at: folder.path("\(size).sqlite"))
            for entry in entries.prefix(30) { try gallery.enroll(entry.name, entry.template) }
            let watch = try EnrollmentWatch(gallery, threshold: 0.9)
            var result: [String?] = []
            for start in stride(from: 30, to: entries.count, by: size) {
                let group = Array(entries[start...].prefix(size))
                var enrolled: [EnrollmentWatch.Enrolled] = []
                let nearest = try watch.nearest(to: group.map(\.template))
                for (i, outcome) in try gallery.enroll(group).enumerated() {
                    enrolled.append((group[i].template, try outcome.get().person, nearest[i]))
                }
                result += try watch.warnings(about: enrolled)
            }
            return result
        }
        let alone = try warnings(inGroupsOf: 1)
        #expect(alone.contains(nil))
        for part in ["enrolled under the wrong name?", "under two names?", "or a bad photo?"] {
            #expect(alone.contains { $0?.contains(part) == true }, "\(part)")
        }
        for size in [2, 16, 64, 90] { #expect(try warnings(inGroupsOf: size) == alone) }
    }

    @Test func thereIsNoWarningAboutWhoIsGone() throws {
        var random = SeededRandom(seed: 7)
        let gallery = try Gallery(at: folder.path("gone.sqlite"))
        try gallery.enroll("ann", try template(0, 0, noise: 0.6, &random))
        let watch = try EnrollmentWatch(gallery, threshold: 0.3)
        let other = try template(1, 1, noise: 0.6, &random)
        let person = try gallery.enroll([("ann", other)])[0].get().person
        let enrolled: [EnrollmentWatch.Enrolled] = [(other, person, [])]
        #expect(try watch.warnings(about: enrolled)[0]?.contains("or a bad photo?") == true)
        try gallery.remove("ann")
        #expect(try watch.warnings(about: enrolled) == [nil])
    }
}
