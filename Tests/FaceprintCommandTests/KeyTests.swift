import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Keys on the command line.
@Suite struct KeyTests {
    private let setup = try! TinySetup()

    @Test func aKeyFromItsMakingToItsEnd() throws {
        let made = try setup("key", "create", "front-desk", "--scopes", "door,recognise")
        #expect(made.status == 0)
        #expect(made.errors.contains("front-desk") && made.errors.contains("can't be shown again"))
        // The secret alone, so that a script can take it.
        let secret = String(made.output.dropLast())
        let gallery = try Gallery(at: setup.tool.gallery, access: .readOnly)
        #expect(try gallery.key(matching: secret)?.scopes == [.door, .recognise])

        let list = try setup("key", "list").output
        #expect(list.contains("front-desk  recognise,door  2"))
        #expect(!list.contains("fp_"))
        struct Record: Decodable {
            let name: String
            let scopes: [String]
        }
        let records = try JSONDecoder().decode(
            [Record].self, from: Data(try setup("key", "list", "--json").output.utf8))
        #expect(records.map(\.name) == ["front-desk"] && records[0].scopes == ["recognise", "door"])

        let again = try setup("key", "create", "FRONT-DESK", "--scopes", "door")
        #expect(again.status == 3 && again.output.isEmpty)
        #expect(again.errors.contains("there is a key “front-desk” already"))

        #expect(try setup("key", "revoke", "front-desk").output == "front-desk: revoked\n")
        #expect(try gallery.key(matching: secret) == nil)
        let gone = try setup("key", "revoke", "front-desk")
        #expect(gone.status == 3 && gone.errors.contains("there is no key “front-desk”"))
    }

    @Test(arguments: [
        (["--scopes", "root"], "--scopes is “root”; allowed is recognise, enrol, admin, door"),
        (["--scopes", "door,"], "--scopes is “door,”"), (["--scopes", ""], "--scopes is “”"),
        ([], "--scopes SCOPE,… is missing; there are recognise, enrol, admin, door"),
    ])
    func scopesAreWords(words: [String], message: String) throws {
        let run = try setup.tool(["key", "create", "x", "--gallery", setup.tool.gallery] + words)
        #expect(run.status == 2)
        #expect(run.errors.contains(message))
        #expect(!FileManager.default.fileExists(atPath: setup.tool.gallery))
    }
}
