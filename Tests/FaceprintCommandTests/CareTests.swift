import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// The commands that take care of a gallery.
@Suite struct CareTests {
    private let setup: TinySetup
    private var gallery: String { setup.tool.gallery }

    init() throws {
        setup = try TinySetup()
        for (number, name) in ["ann", "bob", "cid"].enumerated() {
            #expect(try setup.enroll(name, setup.photo(number)).status == 0)
        }
    }

    private func path(_ name: String) -> String { setup.tool.folder.path(name) }

    private func stdout(_ words: String...) throws -> String {
        let run = try setup.tool(words + ["--gallery", gallery])
        #expect(run.status == 0, "\(run.errors)")
        return run.output
    }

    @Test func exportAndImport() throws {
        #expect(try stdout("gallery", "export", path("x.jsonl")) == "\(path("x.jsonl")): 3 people, 3 templates\n")
        let other = path("other.sqlite")
        let first = try setup.tool("gallery", "import", path("x.jsonl"), "--gallery", other)
        #expect(first.status == 0)
        #expect(first.output == "\(path("x.jsonl")): 3 people, 3 templates new; 0 known\n")
        let again = try setup.tool("gallery", "import", path("x.jsonl"), "--gallery", other)
        #expect(again.output == "\(path("x.jsonl")): 0 people, 0 templates new; 3 known\n")
        #expect(try setup("verify", setup.photo(1), "--as", "bob").status == 0)
        // To standard output, in lines of JSON.
        let lines = try stdout("gallery", "export", "-", "--no-photos").split(separator: "\n")
        #expect(lines.count == 8)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        #expect(!lines.contains { $0.contains("thumbnail") })
    }

    @Test func conflictsAreNamedByLine() throws {
        _ = try stdout("gallery", "export", path("x.jsonl"))
        _ = try stdout("people", "rename", "bob", "eve")
        let run = try setup("gallery", "import", path("x.jsonl"))
        #expect(run.status == 3)
        #expect(run.errors.contains("line 6, “bob”: this very photo is already enrolled as “eve”"))
        #expect(run.output.contains("1 person, 0 templates new; 2 known; 1 conflict"))
    }

    @Test func aSealedExport() throws {
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        try key.write(toFile: path("key"), atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("key"))
        _ = try stdout("gallery", "export", path("x.sealed"), "--seal-with", "file:\(path("key"))")
        let other = path("other.sqlite")
        let without = try setup.tool("gallery", "import", path("x.sealed"), "--gallery", other)
        #expect(without.status == 3 && without.errors.contains("the export is sealed"))
        let with = try setup.tool(
            "gallery", "import", path("x.sealed"), "--gallery", other, "--seal-with", "file:\(path("key"))")
        #expect(with.status == 0, "\(with.errors)")
        #expect(try setup("gallery", "export", "-", "--seal-with", "magic").status == 2)
    }

    @Test func backupAndRestore() throws {
        #expect(try stdout("gallery", "backup", path("b.sqlite")).contains("a gallery of 3 people, 3 templates"))
        let again = try setup("gallery", "backup", path("b.sqlite"))
        #expect(again.status == 3 && again.errors.contains("already"))
        _ = try stdout("gallery", "backup", path("b.sqlite"), "--force")
        let other = path("other.sqlite")
        let restored = try setup.tool("gallery", "restore", path("b.sqlite"), "--gallery", other)
        #expect(restored.output == "\(other): 3 people, 3 templates\n")
        #expect(try setup.tool("gallery", "restore", path("b.sqlite"), "--gallery", other).status == 3)
        #expect(try setup.tool("gallery", "verify", "--gallery", other).status == 0)
        // Nothing is made where nothing is.
        #expect(try setup.tool("gallery", "backup", path("c"), "--gallery", path("none")).status == 3)
        #expect(!FileManager.default.fileExists(atPath: path("none")))
    }

    @Test func verify() throws {
        #expect(
            try stdout("gallery", "verify") == "The gallery is intact: 3 people, 3 templates, 3 thumbnails, 6 events\n")
        #expect(execute(on: gallery, "UPDATE template SET embedding = zeroblob(8) WHERE id = 2"))
        #expect(execute(on: gallery, "UPDATE thumbnail SET jpeg = x'FFD8FF00' WHERE template = 3"))
        let run = try setup("gallery", "verify")
        #expect(run.status == 1)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("template number 2 of “bob”"))
        #expect(lines[1].contains("thumbnail of template number 3"))
        struct Record: Decodable {
            let intact: Bool
            let templates: Int
            let defects: [String]
        }
        let json = try setup("gallery", "verify", "--json")
        let record = try JSONDecoder().decode(Record.self, from: Data(json.output.utf8))
        #expect(json.status == 1 && !record.intact && record.templates == 3 && record.defects.count == 2)
        // The others are still known.
        #expect(try setup("identify", setup.photo(0), "--threshold", "0.1").status == 0)
    }

    @Test func stats() throws {
        let text = try stdout("gallery", "stats")
        #expect(text.contains("people      3, 0 without a template\n"))
        #expect(text.contains("templates   3, at most 1 a person, of tiny/"))
        let json = try JSONSerialization.jsonObject(with: Data(stdout("gallery", "stats", "--json").utf8))
        let record = try #require(json as? [String: Any])
        #expect(record["templates"] as? Int == 3 && record["sealed"] as? Bool == false)
        #expect(try stdout("gallery", "compact").contains("nothing is left"))
    }

    @Test func retention() throws {
        #expect(try stdout("gallery", "retention") == "templates  never expire\nevents     never expire\n")
        #expect(
            try stdout("gallery", "retention", "--templates", "2w", "--events", "12h")
                == "templates  14d\nevents     12h\n")
        #expect(
            try stdout("gallery", "retention", "--events", "never") == "templates  14d\nevents     never expire\n")
        _ = try setup.enroll("dan", setup.photo(9))
        #expect(try stdout("people", "show", "dan").contains("enrolled    expires"))
        #expect(execute(on: gallery, "UPDATE template SET expires = 1 WHERE expires IS NOT NULL"))
        #expect(try stdout("gallery", "expire") == "erased 1 template, 1 person, 0 events\n")
        #expect(try stdout("gallery", "expire") == "erased 0 templates, 0 people, 0 events\n")
    }

    @Test(arguments: ["90", "d", "-1d", "1.5d", "0d", "9999999y", "99999999999999999999d", "1 d", "soon"])
    func aTimeHasAUnit(text: String) throws {
        let run = try setup("gallery", "retention", "--templates=\(text)")
        #expect(run.status == 2)
        #expect(run.errors.contains("--templates is “\(text)”; allowed is a number with m, h, d, w or y"))
    }

    @Test func groups() throws {
        #expect(try stdout("people", "group", "ann", "staff", "Night") == "ann: groups Night, staff\n")
        #expect(try stdout("people", "list").contains("ann   1          \(today)  Night, staff\n"))
        #expect(try stdout("people", "show", "ann").contains(", groups Night, staff\n"))
        struct Record: Decodable {
            let name: String
            let groups: [String]
        }
        let records = try JSONDecoder().decode([Record].self, from: Data(stdout("people", "list", "--json").utf8))
        #expect(records.map(\.groups) == [["Night", "staff"], [], []])
        #expect(try stdout("people", "group", "ann") == "ann: no groups\n")
        #expect(try !stdout("people", "list").contains("groups"))
    }

    private var today: String { Date().formatted(.iso8601.year().month().day()) }

    @Test func peoplePageByPage() throws {
        let first = try stdout("people", "list", "--limit", "2")
        #expect(first.contains("ann") && first.contains("bob") && !first.contains("cid"))
        let second = try stdout("people", "list", "--limit", "2", "--after", "bob")
        #expect(second.contains("cid") && !second.contains("ann"))
    }

    @Test func everythingAboutOnePerson() throws {
        _ = try stdout("people", "group", "ann", "staff")
        let folder = path("ann")
        #expect(try stdout("people", "export", "ann", folder) == "ann: person.json, 1 thumbnail, 4 events\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        struct Record: Decodable {
            struct Photo: Decodable {
                let thumbnail: String
                let embedding: [Float]
            }
            let name: String
            let groups: [String]
            let templates: [Photo]
        }
        let record = try JSONDecoder().decode(
            Record.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/person.json")))
        #expect(record.name == "ann" && record.groups == ["staff"] && !record.templates[0].embedding.isEmpty)
        let jpeg = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(record.templates[0].thumbnail)"))
        #expect(jpeg.starts(with: [0xFF, 0xD8, 0xFF]))
        // A folder that is there already is not mixed with it.
        #expect(try setup("people", "export", "ann", folder).status == 3)
        let printed = try JSONDecoder().decode(Record.self, from: Data(stdout("people", "export", "ann").utf8))
        #expect(Data(base64Encoded: printed.templates[0].thumbnail) == jpeg)
    }
}
