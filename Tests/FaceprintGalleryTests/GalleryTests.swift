import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

@Suite(.onEveryStore, .namingTheStore) struct GalleryTests {
    let place = try! TestPlace()
    var path: String { place.location }

    @Test func keepsWhatWasEnrolled() throws {
        let templates = try (0..<5).map { try template($0) }
        do {
            let gallery = try Gallery(at: path)
            for each in templates { try gallery.enroll("Younès", each) }
            try gallery.enroll("Ada", template(9))
        }
        let gallery = try Gallery(at: path, access: .readOnly)
        #expect(try gallery.people().map(\.name) == ["Ada", "Younès"])
        #expect(try gallery.templates(of: "Younès") == templates)
        #expect(
            try gallery.person(named: "Younès")
                == Person(name: "Younès", templateCount: 5, created: templates[0].created))
        #expect(try gallery.space() == facenet)
    }

    @Test func saysWhatBecameOfATemplate() throws {
        let gallery = try Gallery(at: path)
        let ada = Person(name: "Ada", templateCount: 1, created: try template(1).created)
        #expect(try gallery.enroll("Ada", template(1)) == .added(ada, id: id(1)))
        #expect(try gallery.enroll("ADA", template(1)) == .alreadyEnrolled(ada, id: id(1)))
        #expect(try gallery.people() == [ada])
        #expect(
            try gallery.enroll(" ada ", template(2))
                == .added(Person(name: "Ada", templateCount: 2, created: ada.created), id: id(2)))
    }

    @Test func aPhotoIsOnePersons() throws {
        let gallery = try Gallery(at: path)
        try gallery.enroll("Ada", template(1))
        #expect(throws: GalleryError.photoOfAnother(person: "Ada")) { try gallery.enroll("Grace", template(1)) }
        #expect(try gallery.people().map(\.name) == ["Ada"])
        try gallery.remove("Ada")
        try gallery.enroll("Grace", template(1))
    }

    @Test func holdsOneSpaceUntilItIsEmpty() throws {
        let gallery = try Gallery(at: path)
        #expect(try gallery.space() == nil)
        try gallery.enroll("Ada", template(1))
        let error = GalleryError.otherSpace(gallery: facenet, found: sface)
        #expect(throws: error) { try gallery.enroll("Ada", template(2, space: sface)) }
        #expect(throws: error) { try gallery.enroll("Grace", template(2, space: sface)) }
        #expect(try gallery.people().map(\.templateCount) == [1])
        #expect("\(error)".contains("facenet/standardized") && "\(error)".contains("sface/raw"))
        try gallery.remove("Ada")
        #expect(try gallery.space() == nil)
        try gallery.enroll("Grace", template(2, space: sface, dimension: 512))
        #expect(try gallery.space() == sface)
    }

    @Test func refusesTemplatesThatCantBeStored() throws {
        let gallery = try Gallery(at: path)
        try gallery.enroll("Ada", template(1))
        let embedding = try template(2).embedding
        for bad in [
            try template(2, dimension: 64),
            Template(embedding: embedding, photoSHA256: ""),
            Template(embedding: embedding, photoSHA256: String(repeating: "g", count: 64)),
            Template(embedding: embedding, photoSHA256: String(repeating: "0", count: 65)),
            Template(embedding: embedding, photoSHA256: String(repeating: "٣", count: 64)),
            Template(
                embedding: embedding, photoSHA256: try template(2).photoSHA256,
                created: Date(timeIntervalSince1970: .infinity)),
            Template(embedding: embedding, photoSHA256: try template(2).photoSHA256, id: id(1)),
            try template(2, quality: 100.1), try template(2, quality: .nan),
            try template(2, thumbnail: Array("<svg>".utf8)),
            try template(2, thumbnail: smallJPEG + [UInt8](repeating: 0, count: 65_536)),
        ] {
            #expect {
                try gallery.enroll("Grace", bad)
            } throws: {
                guard case GalleryError.invalidTemplate = $0 else { return false }
                return true
            }
        }
        #expect(try gallery.people().map(\.name) == ["Ada"])
    }

    @Test func renames() throws {
        let gallery = try Gallery(at: path)
        try gallery.enroll("ada", template(1))
        try gallery.enroll("Grace", template(2))
        try gallery.rename("ADA", to: "Ada")
        #expect(try gallery.person(named: "ada").name == "Ada")
        #expect(throws: GalleryError.nameTaken("Grace")) { try gallery.rename("Ada", to: "GRACE") }
        try gallery.rename("Ada", to: "Zoë")
        #expect(try gallery.people().map(\.name) == ["Grace", "Zoë"])
        #expect(try gallery.templates(of: "zoë") == [template(1)])
        #expect(throws: GalleryError.noSuchPerson("Ada", similar: [])) { try gallery.rename("Ada", to: "X") }
    }

    @Test func suggestsNamesForAnUnknownOne() throws {
        let gallery = try Gallery(at: path)
        for (number, name) in ["Younès", "Benoît", "Dan", "Kian", "Bertrand", "Ada Lovelace"].enumerated() {
            try gallery.enroll(name, template(number))
        }
        for (wanted, similar) in [
            ("Younes", ["Younès"]), ("Yuones", ["Younès"]), ("Benoit", ["Benoît"]), ("lovelace", ["Ada Lovelace"]),
            ("Kevin", []), ("Tian", ["Kian"]),
        ] {
            let error = GalleryError.noSuchPerson(wanted, similar: similar)
            #expect(throws: error) { try gallery.person(named: wanted) }
            #expect(throws: error) { try gallery.templates(of: wanted) }
            #expect(throws: error) { try gallery.remove(wanted) }
        }
    }

    @Test(.onlyOnAFile) func erasesWhatIsRemoved() throws {
        let gallery = try Gallery(at: path)
        for number in 0..<40 { try gallery.enroll(number < 20 ? "Ada" : "Grace", template(number)) }
        func remains(_ data: Data) throws -> Bool {
            try ["", "-wal"].contains { try Data(contentsOf: URL(fileURLWithPath: path + $0)).range(of: data) != nil }
        }
        #expect(try remains(bytes(of: template(3))))
        try gallery.remove("Ada")
        for number in 0..<20 { #expect(try !remains(bytes(of: template(number)))) }
        // The log of events keeps who was removed when, and nothing of the face.
        #expect(try execute("SELECT count(*) FROM person WHERE name = 'Ada'", on: path) == "0")
        #expect(try gallery.events(EventFilter(person: "Ada")).first?.kind == .personRemoved)
        #expect(try remains(bytes(of: template(33))))
        #expect(try execute("SELECT count(*) FROM template", on: path) == "20")
    }

}
