import Faceprint
import FaceprintFiles
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of an import.
@Suite struct ImportInterruptionTests {
    private static let kills = Int(ProcessInfo.processInfo.environment["FACEPRINT_KILLS"] ?? "") ?? 8
    private let tool = try! CommandLineTool()
    private let count = 12_000

    private func template(_ number: Int) throws -> Template {
        let values = (0..<16).map { Float(sin(Double(number * 7919 + $0 * 104_729 + 1))) }
        let digits = String(number, radix: 16)
        return Template(
            embedding: try Embedding(
                normalizing: values, space: EmbeddingSpace(model: "tiny", modelSHA256: "00", profile: "raw")),
            photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits,
            id: UUID(uuid: withUnsafeBytes(of: (0, number.bigEndian)) { $0.loadUnaligned(as: uuid_t.self) }))
    }

    @Test func whatWasImportedIsWholeAndGoesOn() throws {
        let source = try Gallery(at: tool.folder.path("source.sqlite"))
        _ = try source.enroll((0..<count).map { (name: "Person \($0 % 300)", template: try template($0)) })
        let path = tool.folder.path("people.jsonl")
        _ = try source.export(to: OutputFile(path))
        var moment = 0.0
        for number in 0..<Self.kills {
            let process = try tool.start(
                ["gallery", "import", path, "--gallery", tool.gallery], output: .nullDevice, errors: .nullDevice)
            // From before the gallery is there to after the end, whatever this machine's speed: later, as long as
            // nothing was found.
            usleep(UInt32(Double.random(in: 0...1) * (50_000 + moment)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            guard FileManager.default.fileExists(atPath: tool.gallery) else { continue }
            let gallery = try Gallery(at: tool.gallery)
            let found = try gallery.inspect()
            #expect(found.defects == [], "after kill \(number)")
            // As many events as rows: no batch is half there.
            let added = try gallery.events(EventFilter(kinds: [.templateAdded], limit: .max)).count
            #expect(found.templates == added)
            // A batch is a thousand lines, of people and then of templates: the people in one transaction, the templates
            // in the next. All people are in the first batch, so one state lies between two transactions.
            let isBetween = found.people == 300 && found.templates == 0
            #expect(
                found.templates == count || isBetween || (found.people + found.templates) % 1000 == 0,
                "\(found.people) people, \(found.templates) templates after kill \(number)")
            if found.templates == count {
                // All is there: another one from the start.
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: tool.gallery + suffix)
                }
                moment = 0
            } else if found.templates == 0 {
                moment += 100_000
            }
        }
        let run = try tool("gallery", "import", path, "--gallery", tool.gallery)
        #expect(run.status == 0, "\(run.errors)")
        let gallery = try Gallery(at: tool.gallery)
        #expect(try gallery.inspect().defects == [])
        #expect(try gallery.people().map(\.templateCount) == source.people().map(\.templateCount))
        #expect(
            try gallery.templates(of: "Person 7").map(\.embedding) == source.templates(of: "Person 7").map(\.embedding))
    }
}
