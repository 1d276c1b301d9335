import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// Where a key may come from.
@Suite(.serialized) struct SealKeyTests {
    private let setup = try! SealingSetup()
    private var path: String { setup.folder.path("a.key") }

    private func expectRefusal(_ part: String, _ body: () throws -> SealKey) {
        #expect {
            _ = try body()
        } throws: {
            guard case GalleryError.invalidSealKey = $0 else { return false }
            return "\($0)".contains(part)
        }
    }

    private func write(_ text: String, mode: Int = 0o600) throws -> String {
        let path = setup.folder.path("text")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test func aFileIsItsOwnersAndNeverOverwritten() throws {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(Data(base64Encoded: text.trimmingCharacters(in: .newlines))?.count == 32)
        #expect(throws: GalleryError.self) { try SealKey.makeFile(path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        #expect(try String(contentsOfFile: setup.folder.path("b.key"), encoding: .utf8) != text)
    }

    @Test(arguments: [0o604, 0o644, 0o660, 0o602, 0o666])
    func aFileThatOthersMayRead(_ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        expectRefusal("chmod 600") { try .file(path) }
    }

    @Test(arguments: ["", "x", "AAAA", String(repeating: "A", count: 44), String(repeating: "0", count: 64), "\u{0}"])
    func aFileThatHoldsNoKey(_ text: String) throws {
        let path = try write(text)
        #expect(throws: GalleryError.self) { try SealKey.file(path) }
        expectRefusal("No such file") { try .file(path + "x") }
        expectRefusal("not a regular file") { try .file(setup.folder.url.path) }
    }

    @Test func theSameKeyFromEverywhere() throws {
        try setup.open(setup.key).enroll("Ada", template(1))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let groupReadable = try write(text + "\n", mode: 0o640)
        #expect(try setup.open(.file(groupReadable)).readAll().count == 1)

        setenv("FP_TEST_KEY", text.trimmingCharacters(in: .newlines), 1)
        let kept = try #require(getenv("FP_TEST_KEY"))
        #expect(try setup.open(.environment("FP_TEST_KEY")).readAll().count == 1)
        #expect(getenv("FP_TEST_KEY") == nil && kept[0] == 0 && kept[20] == 0)
        expectRefusal("no such variable") { try .environment("FP_TEST_KEY") }

        expectRefusal("LoadCredential") { try .credential("a.key") }
        setenv("CREDENTIALS_DIRECTORY", setup.folder.url.path, 1)
        defer { unsetenv("CREDENTIALS_DIRECTORY") }
        #expect(try setup.open(.credential("a.key")).readAll().count == 1)
        expectRefusal("no name") { try .credential("../a.key") }

        try setup.open(setup.key).rekey(to: passphrase("open sesame"))
        let file = try write("open sesame\r\n")
        #expect(try setup.open(.passphraseFile(file)).readAll().count == 1)
    }
}
