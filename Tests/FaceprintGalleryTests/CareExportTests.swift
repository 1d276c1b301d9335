import Faceprint
import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// What leaves a gallery as an export, and comes back.
@Suite(.onEveryStore, .namingTheStore) struct CareExportTests {
    private let folder = try! TemporaryFolder()
    private let place = try! TestPlace()
    private let key: SealKey

    init() throws { key = try Self.key(7, in: folder) }

    /// The same number gives the same key.
    private static func key(_ number: UInt8, in folder: TemporaryFolder) throws -> SealKey {
        let path = folder.path("\(number).key")
        let text = Data((0..<32).map { UInt8($0) &* number }).base64EncodedString()
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return try SealKey.file(path)
    }

    private static func passphrase(_ text: String) throws -> SealKey {
        try SealKey(
            passphrase: SecretBytes(capacity: 64) { (buffer) throws(GalleryError) in
                buffer.copyBytes(from: text.utf8)
                return text.utf8.count
            })
    }

    private func gallery() throws -> Gallery { try Gallery(at: place.location) }

    /// Another one, in a file.
    private func gallery(_ name: String) throws -> Gallery { try Gallery(at: folder.path(name)) }

    /// People with all that they can have.
    private func fill(_ gallery: Gallery) throws {
        for number in 0..<30 {
            try gallery.enroll(
                "Person \(number % 4)",
                template(number, thumbnail: number % 2 == 0 ? smallJPEG : [], quality: number % 3 == 0 ? 71.5 : nil))
        }
        try gallery.addPerson("Nobody Yet")
        try gallery.setBadge("A 17", of: "Person 1")
        try gallery.setGroups(["Staff", "night"], of: "Person 2")
        try gallery.setIdentificationThreshold(0.9)
    }

    private func export(
        _ gallery: Gallery, to name: String = "people.jsonl", photos: Bool = true, key: SealKey? = nil
    ) throws -> String {
        let path = folder.path(name)
        _ = try gallery.export(to: OutputFile(path), photos: photos, key: key)
        return path
    }

    private func expectSame(_ a: Gallery, _ b: Gallery, photos: Bool = true) throws {
        #expect(try a.people() == b.people())
        for person in try a.people() {
            let (left, right) = (try a.templates(of: person.name), try b.templates(of: person.name))
            #expect(Set(left.map(\.id)) == Set(right.map(\.id)))
            for template in left {
                let other = try #require(right.first { $0.id == template.id })
                #expect(other.embedding == template.embedding && other.photoSHA256 == template.photoSHA256)
                #expect(other.created == template.created && other.quality == template.quality)
                #expect(other.thumbnail == (photos ? template.thumbnail : []))
            }
        }
        #expect(try a.identificationThreshold() == b.identificationThreshold())
    }

    @Test(arguments: [true, false], [true, false])
    func whatIsExportedComesBack(photos: Bool, isSealed: Bool) throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        try fill(first)
        let path = try export(first, photos: photos, key: isSealed ? key : nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let summary = try second.import(from: InputFile(path), key: isSealed ? key : nil)
        #expect(summary == ImportSummary(people: 5, templates: 30))
        try expectSame(first, second, photos: photos)
        #expect(try second.inspect().isIntact)
        // The second time, nothing is new.
        #expect(try second.import(from: InputFile(path), key: isSealed ? key : nil) == ImportSummary(known: 30))
        try expectSame(first, second, photos: photos)
        #expect(try first.events().first { $0.kind == .galleryExported }?.detail["photos"] == (photos ? "yes" : "no"))
        #expect(try second.events().contains { $0.kind == .galleryImported && $0.detail["templates"] == "30" })
    }

    @Test func datesAreKeptToTheMillisecond() throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        for number in 0..<200 {
            let plain = try template(number)
            let milliseconds = Int.random(in: 0..<4_000_000_000_000)
            try first.enroll(
                "Ada",
                Template(
                    embedding: plain.embedding, photoSHA256: plain.photoSHA256,
                    created: Date(timeIntervalSince1970: Double(milliseconds) / 1000), id: plain.id))
        }
        try second.import(from: InputFile(export(first)))
        #expect(try first.templates(of: "Ada") == second.templates(of: "Ada"))
    }

    @Test func aSealedExportShowsNothing() throws {
        let gallery = try gallery()
        try fill(gallery)
        let path = try export(gallery, key: key)
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        for secret in [
            Data("Person".utf8), Data("embedding".utf8), Data(Data(smallJPEG.prefix(63)).base64EncodedString().utf8),
        ] {
            #expect(data.range(of: secret) == nil)
        }
        #expect(throws: GalleryError.sealedExport) { try gallery.import(from: InputFile(path)) }
        let other = try Self.key(9, in: folder)
        #expect(throws: GalleryError.wrongExportKey) { try gallery.import(from: InputFile(path), key: other) }
        #expect(throws: GalleryError.wrongExportKey) {
            try gallery.import(from: InputFile(path), key: Self.passphrase("something else"))
        }
    }

    @Test func aPassphraseSealsToo() throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        try fill(first)
        let path = try export(first, key: Self.passphrase("six words drawn by lot"))
        try second.import(from: InputFile(path), key: Self.passphrase("six words drawn by lot"))
        try expectSame(first, second)
        #expect(throws: GalleryError.wrongExportKey) {
            try second.import(from: InputFile(path), key: Self.passphrase("another"))
        }
    }

    @Test func everyChangedByteOfASealedExportIsFound() throws {
        let gallery = try gallery()
        try fill(gallery)
        let path = try export(gallery, key: key)
        let intact = try Data(contentsOf: URL(fileURLWithPath: path))
        for _ in 0..<60 {
            var broken = intact
            // Half of them at the start, where the frame is.
            let place = Int.random(in: 0..<(Bool.random() ? 100 : broken.count))
            broken[place] ^= 1 << UInt8.random(in: 0...7)
            try broken.write(to: URL(fileURLWithPath: path))
            let target = try self.gallery("broken \(place).gallery")
            #expect(throws: GalleryError.self, "byte \(place)") {
                try target.import(from: InputFile(path), key: key)
            }
        }
    }

    /// Whatever is missing at the end, it is found, and what came before is there.
    @Test(arguments: [true, false])
    func anExportThatIsCutOff(isSealed: Bool) throws {
        let first = try gallery()
        try fill(first)
        let path = try export(first, key: isSealed ? key : nil)
        let intact = try Data(contentsOf: URL(fileURLWithPath: path))
        for count in [0, 1, 9, 40, 500, intact.count / 2, intact.count - 30, intact.count - 1] {
            try intact.prefix(count).write(to: URL(fileURLWithPath: path))
            let target = try gallery("cut \(count).gallery")
            #expect(throws: GalleryError.self, "\(count) bytes") {
                try target.import(from: InputFile(path), key: isSealed ? key : nil)
            }
            #expect(try target.inspect().isIntact)
            if count == intact.count - 1, !isSealed { #expect(try target.statistics().templates == 30) }
        }
        // It goes on where it stopped.
        try intact.write(to: URL(fileURLWithPath: path))
        let target = try gallery("cut \(intact.count / 2).gallery")
        try target.import(from: InputFile(path), key: isSealed ? key : nil)
        try expectSame(first, target)
    }

    @Test func whatContradictsTheGalleryIsReportedAndTheRestGoesOn() throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        try fill(first)
        // The photo of another, the id of another, the badge of another, another badge.
        let plain = try template(1)
        try second.enroll("Grace", template(0))
        try second.enroll(
            "Grace",
            Template(embedding: plain.embedding, photoSHA256: String(repeating: "f", count: 64), id: plain.id))
        try second.setBadge("a 17", of: "Grace")
        var conflicts: [ImportConflict] = []
        let summary = try second.import(from: InputFile(export(first)), report: { conflicts.append($0) })
        #expect(summary == ImportSummary(people: 5, templates: 28, conflicts: 3))
        #expect(conflicts.map(\.error).contains(.badgeTaken(person: "Grace")))
        #expect(conflicts.map(\.error).contains(.photoOfAnother(person: "Grace")))
        #expect(conflicts.allSatisfy { $0.line > 1 && "\($0)".contains("line \($0.line)") })
        #expect(try second.person(named: "Person 1").badge == nil)
        #expect(try second.templates(of: "Grace").count == 2)
    }

    @Test func anotherModelsExportIsRefusedWhole() throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        try fill(first)
        try second.enroll("Grace", template(0, space: sface))
        let path = try export(first)
        #expect(throws: GalleryError.otherSpace(gallery: sface, found: facenet)) {
            try second.import(from: InputFile(path))
        }
        #expect(try second.people().count == 1)
    }

    @Test func damagedAndExpiredTemplatesAreLeftOut() throws {
        let first = try gallery()
        try fill(first)
        let plain = try template(99)
        try first.enroll(
            "Ada",
            Template(
                embedding: plain.embedding, photoSHA256: plain.photoSHA256, id: plain.id,
                expires: Date(timeIntervalSinceNow: -1)))
        try execute("UPDATE template SET embedding = zeroblob(512) WHERE id = 7", on: place.location)
        let path = folder.path("people.jsonl")
        let summary = try first.export(to: OutputFile(path))
        #expect(summary.templates == 29 && summary.people == 6)
        #expect(summary.defects == [.damagedTemplate(id: 7, person: "Person 2", reason: "it is not of unit length")])
        let second = try gallery("second.gallery")
        #expect(try second.import(from: InputFile(path)).templates == 29)
    }

    /// Whoever altered a name doesn't get its templates to another gallery, and keeps nobody from being exported.
    @Test(arguments: [true, false])
    func damagedPeopleAreLeftOutWithTheirTemplates(isSealed: Bool) throws {
        let first = try Gallery(at: place.location, sealKey: isSealed ? key : nil)
        try fill(first)
        let name = isSealed ? "'CEO'" : "char(27)"
        try execute("UPDATE person SET name = \(name) WHERE id = 2", on: place.location)
        let path = folder.path("people.jsonl")
        let summary = try first.export(to: OutputFile(path))
        #expect(summary.people == 4 && summary.templates == 22)
        let defect = try #require(summary.defects.first)
        #expect("\(defect)".contains("person number 2"))
        let reason = "its person, number 2, is damaged"
        #expect(
            Array(summary.defects.dropFirst())
                == stride(from: 2, through: 30, by: 4).map {
                    GalleryError.damagedTemplate(id: $0, person: "", reason: reason)
                })
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for name in ["\"CEO\"", "\"Person 1\"", "\\u001"] { #expect(!text.contains(name)) }
        let second = try gallery("second.gallery")
        #expect(try second.import(from: InputFile(path)) == ImportSummary(people: 4, templates: 22))
        #expect(try second.people().map(\.name) == ["Nobody Yet", "Person 0", "Person 2", "Person 3"])
    }

    /// Rows that no list of people from number 1 on comes to.
    @Test(.onlyOnAFile) func peopleOfNumbersThatAreNoneAreCheckedToo() throws {
        let first = try Gallery(at: place.location, sealKey: key)
        try first.enroll("Ada", template(1))
        try first.addPerson("Grace")
        try execute(
            "UPDATE person SET id = -7, name = 'CEO', key = 'ceo' WHERE id = 1; UPDATE template SET person = -7",
            on: place.location)
        let path = folder.path("people.jsonl")
        let summary = try first.export(to: OutputFile(path))
        #expect(summary.people == 1 && summary.templates == 0 && summary.defects.count == 2)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("\"CEO\""))
    }

    /// What would be over at once is not stored, to be imported again and again.
    @Test func templatesThatAreOverByTheGallerysRetention() throws {
        let (first, second) = (try gallery(), try gallery("second.gallery"))
        let plain = try template(1)
        try first.enroll(
            "Ada",
            Template(
                embedding: plain.embedding, photoSHA256: plain.photoSHA256,
                created: Date(timeIntervalSinceNow: -2 * 365 * 86_400), id: plain.id))
        let path = try export(first)
        try second.setRetention(Retention(templates: 365 * 86_400))
        #expect(try second.import(from: InputFile(path)) == ImportSummary(people: 1, expired: 1))
        #expect(try second.import(from: InputFile(path)) == ImportSummary(expired: 1))
        #expect(try second.statistics().templates == 0)
    }

    @Test func aSealedGalleryTakesNothingWithoutItsKey() throws {
        let first = try gallery("first.gallery")
        try fill(first)
        let path = try export(first)
        _ = try Gallery(at: place.location, sealKey: key)
        let locked = try gallery()
        #expect {
            try locked.import(from: InputFile(path))
        } throws: {
            guard case GalleryError.sealed = $0 else { return false }
            return true
        }
        #expect(try locked.identificationThreshold() == nil)
        #expect(try !locked.events().contains { $0.kind == .galleryImported || $0.kind == .thresholdChanged })
    }

    /// Spaces with which a gallery couldn't be read.
    @Test(arguments: [
        (#""model":"facenet""#, #""model":"\u001b[2J""#), (#""profile":"standardized""#, #""profile":"\u202e""#),
        (#""model":"facenet""#, #""model":"""#),
        (#""profile":"standardized""#, "\"profile\":\"\(String(repeating: "x", count: 201))\""),
        (#""dimension":128"#, #""dimension":0"#), (#""dimension":128"#, #""dimension":65537"#),
        (#""dimension":128"#, #""dimension":-9223372036854775808"#),
    ])
    func spacesThatNoGalleryCanHave(present: String, hostile: String) throws {
        let first = try gallery()
        try fill(first)
        let path = try export(first)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed = text.replacing(present, with: hostile)
        #expect(changed != text)
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
        let target = try gallery("target.gallery")
        #expect {
            try target.import(from: InputFile(path))
        } throws: {
            guard case GalleryError.damagedExport(1, let reason) = $0 else { return false }
            return reason.count < 300 && !reason.contains("\u{1B}")
        }
        #expect(try target.people().isEmpty)
        #expect(try target.inspect().isIntact)
    }

    private static let emptyHeader =
        #"{"type":"header","format":"faceprint gallery","version":1,"made":"2026-01-01T00:00:00Z","#
        + #""people":0,"templates":0,"photos":false}"#

    @Test(arguments: [1000, 1001]) func aPersonInManyGroups(count: Int) throws {
        let groups = (0..<count).map { "\"group \($0)\"" }.joined(separator: ",")
        let person = #"{"type":"person","name":"Ada","created":"2026-01-01T00:00:00Z","groups":[\#(groups)]}"#
        let path = folder.path("groups.jsonl")
        try "\(Self.emptyHeader)\n\(person)\n{\"type\":\"end\",\"people\":1,\"templates\":0}\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        let gallery = try gallery()
        guard count > 1000 else {
            #expect(try gallery.import(from: InputFile(path)) == ImportSummary(people: 1))
            #expect(try gallery.person(named: "Ada").groups.count == 1000)
            return
        }
        #expect(throws: GalleryError.damagedExport(line: 2, reason: "it names 1001 groups; 1000 are allowed")) {
            try gallery.import(from: InputFile(path))
        }
    }

    /// Whatever the lines are, some 8 MiB of them are held at a time.
    @Test func longLinesMakeShortBatches() throws {
        let line =
            #"{"type":"template","id":"00000000-0000-0000-0000-000000000001","person":"Ada","embedding":"","#
            + #""photo_sha256":"","created":"2019-01-01T00:00:00Z","expires":"2020-01-01T00:00:00Z","pad":""#
            + String(repeating: "x", count: 500_000) + "\"}\n"
        let path = folder.path("long.jsonl")
        let lines = String(repeating: line, count: 20)
        try "\(Self.emptyHeader)\n\(lines){\"type\":\"end\",\"people\":0,\"templates\":20}\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        var done: [Int] = []
        let summary = try gallery().import(from: InputFile(path), progress: { done.append($0.done) })
        #expect(summary == ImportSummary(expired: 20))
        #expect(done == [17, 20])
    }

    @Test(arguments: [
        ("{}", 2), ("[]", 2), ("", 2), (#"{"type":"person"}"#, 2), (#"{"type":"dog","name":"x"}"#, 2),
        (#"{"type":"person","name":"x","created":"yesterday"}"#, 2),
        (#"{"type":"template","id":"x"}"#, 2), ("\u{0}\u{1}", 2), (String(repeating: "[", count: 100_000), 2),
        (String(repeating: " ", count: 600_000), 2), (#"{"type":"end","people":0,"templates":1}"#, 2),
    ])
    func linesThatAreNone(line: String, number: Int) throws {
        let path = folder.path("hostile.jsonl")
        try "\(Self.emptyHeader)\n\(line)\n".write(toFile: path, atomically: true, encoding: .utf8)
        let gallery = try gallery()
        #expect {
            try gallery.import(from: InputFile(path))
        } throws: {
            guard case GalleryError.damagedExport(number, let reason) = $0 else { return false }
            return reason.count < 300
        }
        #expect(try gallery.people().isEmpty)
    }

    /// Values that no gallery may hold, in lines that can be read.
    @Test func valuesThatAreNone() throws {
        let first = try gallery()
        try fill(first)
        let path = try export(first)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let index = try #require(lines.firstIndex { $0.contains("\"quality\":71.5") })
        func replaced(_ pattern: String, _ with: String) -> String {
            lines[index].replacing(try! Regex(pattern), with: with, maxReplacements: 1)
        }
        let hostile = [
            replaced("\"quality\":71.5", "\"quality\":101"), replaced("\"quality\":71.5", "\"quality\":-1"),
            replaced("\"embedding\":\"[^\"]*\"", "\"embedding\":\"\""),
            replaced("\"embedding\":\"[^\"]{8}", "\"embedding\":\"AACAfwAA"),
            replaced("\"photo_sha256\":\"..", "\"photo_sha256\":\"zz"),
            replaced("\"photo_sha256\":\"..", "\"photo_sha256\":\""),
            replaced("\"person\":\"[^\"]*\"", "\"person\":\"\\u001b[2J\""),
            replaced("\"person\":\"[^\"]*\"", "\"person\":\"\(String(repeating: "x", count: 300))\""),
            replaced("\"thumbnail\":\"[^\"]*\"", "\"thumbnail\":\"AAAA\""),
            replaced(
                "\"thumbnail\":\"[^\"]*\"",
                "\"thumbnail\":\"\(Data([0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 70_000)).base64EncodedString())\""
            ),
        ]
        for (number, line) in hostile.enumerated() {
            #expect(line != lines[index], "the pattern of number \(number)")
            var changed = lines
            changed[index] = line
            let target = try gallery("hostile \(number).gallery")
            try (changed.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            var conflicts: [ImportConflict] = []
            let summary = try target.import(from: InputFile(path), report: { conflicts.append($0) })
            #expect(summary == ImportSummary(people: 5, templates: 29, conflicts: 1), "number \(number)")
            #expect(conflicts.map(\.line) == [index + 1])
            #expect(!"\(conflicts)".contains("\u{1B}"))
            #expect(try target.inspect().isIntact)
        }
    }
}
