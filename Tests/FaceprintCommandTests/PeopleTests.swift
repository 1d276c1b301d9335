import Faceprint
import FaceprintGallery
import FaceprintImaging
import Foundation
import TestSupport
import Testing

/// Enrolling, finding, renaming and removing people.
@Suite struct PeopleTests {
    private let setup = try! TinySetup()

    @Test func aPersonFromEnrollingToRemoving() throws {
        let photo = try setup.photo(1)
        #expect(try setup.enroll("Younès", photo).output == "Younès: enrolled 1.png\n")
        #expect(try setup.enroll("younès", photo).output == "Younès: already had 1.png\n")
        #expect(try setup("people", "list").output.contains("Younès  1 "))

        let opened = try setup("verify", photo, "--as", "YOUNÈS")
        #expect(opened.output == "It's Younès, welcome in!\ndistance 0.0000, threshold 0.7000\n")
        #expect(opened.status == 0)
        let shut = try setup("verify", try setup.photo(2), "--as", "Younès", "--threshold", "0.0001")
        #expect(shut.output.hasPrefix("It's not Younès, please go away\n"))
        #expect(shut.status == 1)

        #expect(try setup("people", "rename", "Younès", "Benoît").output == "Younès is now Benoît\n")
        #expect(try setup("people", "show", "benoît").output.hasPrefix("Benoît: 1 template of tiny/assignment"))
        #expect(try setup("people", "remove", "Benoît").status == 0)
        #expect(try setup("people", "list", "--json").output == "[\n\n]\n")
        let gone = try setup("verify", photo, "--as", "Benoît")
        #expect(gone.status == 3)
        #expect(gone.errors.contains("nobody is enrolled as “Benoît”"))
    }

    @Test func badges() throws {
        _ = try setup.enroll("Younès", try setup.photo(1))
        _ = try setup.enroll("ann", try setup.photo(2), "--force")
        #expect(!(try setup("people", "list").output.contains("badge")))
        #expect(!(try setup("people", "list", "--json").output.contains("badge")))
        #expect(try setup("people", "badge", "YOUNÈS", "e-17").output == "Younès: badge e-17\n")
        let list = try setup("people", "list").output.split(separator: "\n")
        #expect(list[0].hasSuffix("since       badge"))
        #expect(list[1].hasPrefix("ann ") && list[1].hasSuffix("  -"))
        #expect(list[2].hasPrefix("Younès ") && list[2].hasSuffix("  e-17"))
        #expect(try setup("people", "list", "--json").output.contains(#""badge" : "e-17""#))
        #expect(try setup("people", "show", "Younès").output.split(separator: "\n")[0].hasSuffix(", badge e-17"))
        let taken = try setup("people", "badge", "ann", "E-17")
        #expect(taken.status == 3 && taken.errors.contains("“Younès” carries that badge"))
        #expect(try setup("people", "badge", "Younès").output == "Younès: no badge\n")
        #expect(try setup("people", "badge", "ann", "e-17").status == 0)
        let log = try setup("log", "list", "--kind", "badge.changed", "--person", "younès").output
        #expect(log.contains("command line  from=e-17\n") && log.contains("command line  to=e-17\n"))
    }

    @Test func aWholePhotoIsKeptSmall() throws {
        _ = try setup.enroll("Younès", try setup.photo(1))
        let template = try Gallery(at: setup.tool.gallery, access: .readOnly).templates(of: "Younès")[0]
        let thumbnail = try Image(decoding: template.thumbnail, name: "thumbnail")
        #expect(thumbnail.width == 16 && thumbnail.height == 16)
        // Whole photos aren't judged.
        #expect(template.quality == nil)
        #expect(try setup("people", "show", "Younès").output.contains("\nenrolled    photo's SHA-256\n"))
    }

    @Test func aFolderOfPeopleInBothForms() throws {
        _ = try setup.photo(1, name: "people/ann/a.png")
        _ = try setup.photo(2, name: "people/ann/b.png")
        _ = try setup.photo(3, name: "people/bob.png")
        let run = try setup.enroll("--folder", setup.tool.folder.path("people"))
        let lines = ["ann: enrolled a.png", "ann: enrolled b.png", "bob: enrolled bob.png"]
        #expect(run.output == (lines + ["2 people, 3 photos; 0 refused", ""]).joined(separator: "\n"))
        let table = try setup("identify", "--folder", setup.tool.folder.path("people"))
        #expect(table.status == 0)
        #expect(table.output.contains("nearest person right: 3 of 3\n"))
        #expect(table.output.contains("3 accepted rightly, 0 wrongly, 0 not in the database\n"))
    }

    @Test func aBadPhotoInAFolderDoesNotStopTheOthers() throws {
        _ = try setup.photo(1, name: "people/ann/a.png")
        try Data("no photo".utf8).write(to: setup.tool.folder.url.appending(path: "people/ann/b.jpg"))
        _ = try setup.photo(2, name: "people/bob/c.png")
        let run = try setup.enroll("--folder", setup.tool.folder.path("people"))
        #expect(run.status == 3)
        #expect(run.output.hasSuffix("2 people, 2 photos; 1 refused\n"))
        let lines = run.errors.split(separator: "\n")
        try #require(lines.count == 2, "\(run.errors)")
        #expect(lines[0].contains("b.jpg”") && lines[0].contains("is not a photo"))
        // To the tiny model all photos are alike.
        #expect(lines[1].contains("c.png: looks like ann"))
    }

    @Test func strangersAndRunnersUp() throws {
        for number in 1...3 { _ = try setup.enroll("person \(number)", try setup.photo(number)) }
        let run = try setup("identify", try setup.photo(2), "--top", "3")
        #expect(run.output.contains("It's person 2, the distance is 0.0000\n  1. person 2  0.0000\n  2. "))
        #expect(run.output.split(separator: "\n").count == 4)
        let stranger = try setup("identify", try setup.photo(9), "--threshold", "0")
        #expect(stranger.output.contains(": Not in the database. (nearest is "))
        #expect(stranger.status == 1)
    }

    @Test func answersForMachines() throws {
        struct Verification: Decodable {
            let person: String
            let match: Bool
            let distance, threshold: Float
        }
        struct Identification: Decodable {
            struct Candidate: Decodable {
                let name: String
            }
            let match: String?
            let candidates: [Candidate]
        }
        let photo = try setup.photo(1)
        _ = try setup.enroll("ann", photo)
        let verified = try JSONDecoder().decode(
            Verification.self, from: Data(try setup("verify", photo, "--as", "ann", "--json").output.utf8))
        #expect(verified.person == "ann" && verified.match && verified.distance == 0 && verified.threshold == 0.7)
        let identified = try JSONDecoder().decode(
            [Identification].self, from: Data(try setup("identify", photo, "--json").output.utf8))
        #expect(identified[0].match == "ann" && identified[0].candidates[0].name == "ann")
    }

    @Test func twoProcessesMayEnrollIntoOneGallery() throws {
        let folders = try (0..<2).map { process in
            for number in 0..<20 {
                _ = try setup.photo(process * 100 + number, name: "part\(process)/p\(process)-\(number).png")
            }
            return setup.tool.folder.path("part\(process)")
        }
        let processes = try folders.map {
            try setup.tool.start(
                ["enroll", "--folder", $0, "--gallery", setup.tool.gallery, "--model", "tiny"],
                output: .nullDevice, errors: .nullDevice)
        }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        #expect(try setup("people", "list").output.split(separator: "\n").count == 1 + 40)
    }
}
