import Faceprint
import FaceprintGallery
import Foundation
import TestSupport
import Testing

/// `kill -9` at random moments of sealing and of sealing anew. `FACEPRINT_KILLS` says how often.
@Suite struct SealingInterruptionTests {
    private let setup: TinySetup
    private let keys: [SealKey]
    private let sources: [String]
    private let expected: [Person: [Template]]

    /// How many are killed in a test; others go to their end.
    private static let kills = ProcessInfo.processInfo.environment["FACEPRINT_KILLS"].flatMap(Int.init) ?? 12

    init() throws {
        let setup = try TinySetup()
        let paths = ["a.key", "b.key"].map { setup.tool.folder.path($0) }
        for path in paths { try SealKey.makeFile(path) }
        self.setup = setup
        keys = try paths.map { try SealKey.file($0) }
        sources = paths.map { "file:" + $0 }
        let gallery = try Gallery(at: setup.tool.gallery)
        let space = EmbeddingSpace(model: "tiny", modelSHA256: String(repeating: "6a", count: 32), profile: "raw")
        let entries = try (0..<400).map { number in
            let values = (0..<128).map { _ in Float.random(in: -1...1) }
            let digits = String(number, radix: 16)
            return (
                "Person \(number / 2)",
                Template(
                    embedding: try Embedding(normalizing: values, space: space),
                    photoSHA256: String(repeating: "0", count: 64 - digits.count) + digits,
                    thumbnail: [0xFF, 0xD8, 0xFF] + (0..<2000).map { _ in .random(in: 0...255) })
            )
        }
        for result in try gallery.enroll(entries) { _ = try result.get() }
        expected = try Self.contents(of: gallery)
    }

    private static func contents(of gallery: Gallery) throws -> [Person: [Template]] {
        try gallery.people().reduce(into: [:]) { $0[$1] = try gallery.templates(of: $1.name) }
    }

    /// - Parameter seconds: After which it is killed; nil for never.
    /// - Returns: Whether it reported that it is done, whether it was killed, and how long it took.
    private func run(
        _ words: [String], killedAfter seconds: Double?
    ) throws -> (isReported: Bool, isKilled: Bool, seconds: Double) {
        let output = Pipe()
        let start = ContinuousClock.now
        let process = try setup.tool.start(
            words + ["--gallery", setup.tool.gallery], output: output.fileHandleForWriting, errors: .nullDevice)
        try output.fileHandleForWriting.close()
        if let seconds {
            usleep(UInt32(seconds * 1e6))
            kill(process.processIdentifier, SIGKILL)
        }
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (
            !text.isEmpty, process.terminationReason == .uncaughtSignal,
            (ContinuousClock.now - start) / .seconds(1)
        )
    }

    /// - Parameter keys: Any of which may open it; nil for none.
    /// - Returns: The one that does.
    private func expectWhole(_ keys: [SealKey?]) throws -> SealKey? {
        let opened = keys.compactMap { key in
            (try? Gallery(at: setup.tool.gallery, sealKey: key)).flatMap { gallery in
                (try? GalleryIndex(gallery).count()) == nil ? nil : (gallery, key)
            }
        }
        #expect(opened.count == 1, "\(opened.count) of the keys open it")
        let (gallery, key) = try #require(opened.first)
        #expect(try Self.contents(of: gallery) == expected)
        _ = try gallery.verifyLog()
        #expect(try setup.galleryIntegrity() == "ok")
        return key
    }

    /// Runs one command again and again, the first time to its end to see how long that takes.
    ///
    /// - Parameter attempt: Runs it, is told after how long to kill it, and looks at the gallery.
    private func repeated(_ attempt: (Double?) throws -> (isKilled: Bool, seconds: Double)) throws {
        var whole = try attempt(nil).seconds
        var kills = 0
        for _ in 0..<10 * Self.kills where kills < Self.kills {
            let run = try attempt(.random(in: 0...whole))
            // What runs beside it makes it slower or faster.
            if run.isKilled { kills += 1 } else { whole = run.seconds }
        }
        #expect(kills == Self.kills)
    }

    @Test func sealing() throws {
        let copy = setup.tool.folder.path("plain")
        try FileManager.default.copyItem(atPath: setup.tool.gallery, toPath: copy)
        try repeated { seconds in
            for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: setup.tool.gallery + name) }
            try FileManager.default.copyItem(atPath: copy, toPath: setup.tool.gallery)
            let command = ["gallery", "seal", "--seal-key", sources[0]]
            let run = try run(command, killedAfter: seconds)
            let key = try expectWhole([nil, keys[0]])
            #expect(!run.isReported || key != nil)
            // The same again finishes.
            #expect(try self.run(command, killedAfter: nil).isReported)
            #expect(try expectWhole([nil, keys[0]]) != nil)
            return (run.isKilled, run.seconds)
        }
    }

    @Test func sealingAnew() throws {
        try Gallery(at: setup.tool.gallery).seal(with: keys[0])
        var present = 0
        try repeated { seconds in
            let new = 1 - present
            let command = ["gallery", "rekey", "--seal-key", sources[present], "--new-seal-key", sources[new]]
            let run = try run(command, killedAfter: seconds)
            let key = try expectWhole(keys)
            #expect(!run.isReported || key === keys[new])
            if key === keys[new] { present = new }
            return (run.isKilled, run.seconds)
        }
    }
}
