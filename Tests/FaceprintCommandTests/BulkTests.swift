import Faceprint
import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

@testable import FaceprintCommand

/// Enrolling many photos: what is passed over, what is reported, and in which order.
@Suite struct BulkTests {
    private let setup = try! TinySetup()

    private var people: String { setup.tool.folder.path("people") }

    /// Puts a file that is no photo into the gallery, as if it had been one when it was enrolled.
    private func enroll(undecodable name: String, as person: String) throws {
        let path = setup.tool.folder.url.appending(path: "people/\(name)")
        let bytes = Data("no photo any more: \(name)".utf8)
        try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: path)
        let gallery = try Gallery(at: setup.tool.gallery)
        let embedding = try gallery.templates(of: "first")[0].embedding
        let digest = bytes.withUnsafeBytes { SHA256.hex(of: $0) }
        try gallery.enroll(person, Template(embedding: embedding, photoSHA256: digest))
    }

    @Test func whatIsEnrolledIsNotDecodedAgain() throws {
        _ = try setup.enroll("first", try setup.photo(0))
        for number in 0..<50 { try enroll(undecodable: "Ann/\(100 + number).jpg", as: "ANN") }
        let version = try Gallery(at: setup.tool.gallery).peopleVersion()
        let run = try setup.enroll("--folder", people)
        // What was decoded would be refused.
        #expect(run.status == 0 && run.errors == "")
        let lines = run.output.split(separator: "\n")
        #expect(lines.prefix(50).elementsEqual((0..<50).map { "ANN: already had \(100 + $0).jpg" }))
        #expect(lines.dropFirst(50) == ["already there: 50, enrolled now: 0", "1 people, 50 photos; 0 refused"])
        #expect(try Gallery(at: setup.tool.gallery).peopleVersion() == version)
    }

    @Test func aPhotoOfAnotherIsRefusedUnseen() throws {
        _ = try setup.enroll("first", try setup.photo(0))
        try enroll(undecodable: "ann/1.jpg", as: "bob")
        let run = try setup.enroll("--folder", people)
        #expect(run.status == 3)
        #expect(run.errors.contains("ann/1.jpg: this very photo is already enrolled as “bob”"))
        #expect(run.output == "refused: photo-of-another 1\n0 people, 0 photos; 1 refused\n")
    }

    @Test func linesComeInTheOrderOfThePhotos() throws {
        for number in 0..<150 { _ = try setup.photo(number, name: "people/p\(number / 10)/\(1000 + number).png") }
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: people + "/p3/1035.png"))
        _ = try setup.enroll("p5", people + "/p5/1052.png")
        let run = try setup.enroll("--folder", people)
        let expected = try FolderListing.entries(of: people).flatMap { folder in
            try FolderListing.entries(of: people + "/" + folder.name).map { file in
                "\(folder.name): \(file.name == "1052.png" ? "already had" : "enrolled") \(file.name)"
            }
        }
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.dropLast(3) == expected.filter { !$0.contains("1035") }[...])
        #expect(run.output.hasSuffix("refused: not-a-photo 1\n15 people, 149 photos; 1 refused\n"))
        // In the gallery too.
        let order = try Gallery(at: setup.tool.gallery).events(EventFilter(kinds: [.personAdded], limit: 100))
        #expect(order.reversed().map(\.person) == ["p5"] + (0..<15).map { "p\($0)" }.sorted().filter { $0 != "p5" })
    }

    @Test func twiceTheSameFileOfAPersonIsOneTemplate() throws {
        for name in ["a", "b", "c"] { _ = try setup.photo(1, name: "people/ann/\(name).png") }
        let run = try setup.enroll("--folder", people)
        #expect(run.output.hasPrefix("ann: enrolled a.png\nann: already had b.png\nann: already had c.png\n"))
        #expect(try Gallery(at: setup.tool.gallery).person(named: "ann").templateCount == 1)
    }

    private struct Refusal: Decodable, Equatable {
        let photo, person, reason, message: String
        let quality: Float?
    }

    /// A folder with two photos that are enrolled and three that aren't.
    private func folderWithRefusals() throws {
        _ = try setup.photo(1, name: "people/ann/1.png")
        _ = try setup.photo(1, name: "people/bob/same.png")
        _ = try setup.photo(2, name: "people/bob/2.png")
        try Data("no, photo".utf8).write(to: URL(fileURLWithPath: people + "/ann/=no, \"photo\".jpg"))
        try Data().write(to: URL(fileURLWithPath: people + "/ann/empty.jpg"))
    }

    @Test func theReportAsLinesOfJSON() throws {
        try folderWithRefusals()
        let path = setup.tool.folder.path("report.jsonl")
        let run = try setup.enroll("--folder", people, "--report", path)
        #expect(run.output.hasSuffix("\n2 people, 2 photos; 3 refused\n"))
        let refusals = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .map { try JSONDecoder().decode(Refusal.self, from: Data($0.utf8)) }
        #expect(refusals.map(\.person) == ["ann", "ann", "bob"])
        #expect(refusals.map(\.reason) == ["not-a-photo", "unreadable", "photo-of-another"])
        let names = ["/ann/=no, \"photo\".jpg", "/ann/empty.jpg", "/bob/same.png"]
        #expect(refusals.map(\.photo) == names.map { people + $0 })
        #expect(refusals[2].message.hasPrefix("this very photo is already enrolled as “ann”"))
        #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    }

    @Test func theReportAsATable() throws {
        try folderWithRefusals()
        try FileManager.default.createDirectory(
            at: setup.tool.folder.url.appending(path: "run"), withIntermediateDirectories: true)
        let path = setup.tool.folder.path("run/report.csv")
        _ = try setup.enroll("--folder", people, "--report", path)
        let rows = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
        #expect(rows.count == 5 && rows[0] == "photo,person,reason,message,quality" && rows[4] == "")
        #expect(rows[1].hasPrefix("\"\(people)/ann/=no, \"\"photo\"\".jpg\",ann,not-a-photo,"))
        #expect(rows[2].hasPrefix("\(people)/ann/empty.jpg,ann,unreadable,"))
        #expect(rows[3].hasPrefix("\(people)/bob/same.png,bob,photo-of-another,") && rows[3].hasSuffix(","))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func anInterruptedReportIsKept() throws {
        let path = setup.tool.folder.path("report.csv")
        do {
            let report = try RefusalReport(path: path)
            try report.append(PersonPhoto(path: "a.jpg", person: "ann"), .noFace, FaceSelectionError.noFace)
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try String(contentsOfFile: path + ".part", encoding: .utf8).contains("\r\na.jpg,ann,no-face,"))
        }
        #expect(try setup.tool("enroll", "ann", "x.jpg", "--report", "report.txt").status == 2)
        #expect(try setup.tool("enroll", "ann", "x.jpg", "--report", "/nowhere/report.csv").status == 3)
    }

    @Test func aReportTakesThePlaceOfALink() throws {
        let path = setup.tool.folder.path("report.csv")
        let other = setup.tool.folder.path("other")
        try Data("mine".utf8).write(to: URL(fileURLWithPath: other))
        try FileManager.default.createSymbolicLink(atPath: path + ".part", withDestinationPath: other)
        try RefusalReport(path: path).finish()
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "mine")
        // The mode is of a link itself where there is one.
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func templatesMayExpire() throws {
        let before = Date()
        _ = try setup.enroll("ann", try setup.photo(1), "--expire", "90d")
        _ = try setup.enroll("bob", try setup.photo(2))
        let gallery = try Gallery(at: setup.tool.gallery)
        let expires = try #require(try gallery.templates(of: "ann")[0].expires)
        let range = (before.addingTimeInterval(90 * 86_400 - 1))...(Date().addingTimeInterval(90 * 86_400 + 1))
        #expect(range.contains(expires))
        #expect(try gallery.templates(of: "bob")[0].expires == nil)
        for wrong in ["", "90", "d", "-1d", "0d", "1.5d", "+1d", "9999999999999999999d", "2000y", "1 d"] {
            let run = try setup.enroll("eve", try setup.photo(3), "--expire=\(wrong)")
            #expect(run.status == 2 && run.errors.contains("--expire is “\(wrong)”"), "\(wrong)")
        }
    }

    @Test func linksInAFolderCountAsWhatTheyLeadTo() throws {
        _ = try setup.photo(1, name: "elsewhere/1.png")
        let elsewhere = setup.tool.folder.url.appending(path: "elsewhere")
        let folder = setup.tool.folder.url.appending(path: "people")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "ann"), withDestinationURL: elsewhere)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "bob.png"), withDestinationURL: elsewhere.appending(path: "1.png"))
        _ = try setup.photo(3, name: "people/.hidden/1.png")
        let entries = try FolderListing.entries(of: people)
        #expect(entries.map(\.name) == ["ann", "bob.png"] && entries.map(\.isFolder) == [true, false])
        #expect(try setup.enroll("--folder", people).output.hasPrefix("ann: enrolled 1.png\n"))
    }
}
