import Faceprint
import Foundation
import TestSupport
import Testing

@testable import FaceprintVideo

/// Videos that are written here and read again.
@Suite struct ReaderTests {
    private let folder = try! TemporaryFolder()

    /// A picture of one colour that tells its number.
    private func picture(_ number: Int, width: Int = 64, height: Int = 48) throws -> Image {
        let colour = [UInt8(40 + 3 * number), 100, UInt8(200 - 3 * number)]
        return try Image(
            width: width, height: height, pixels: (0..<(width * height)).flatMap { _ in colour })
    }

    private func write(_ name: String, frames: Int = 20) throws -> String {
        let path = folder.path(name)
        let writer = try VideoWriter(path, width: 64, height: 48)
        for number in 0..<frames { try writer.append(try picture(number), at: Double(number) / 25) }
        #expect(!FileManager.default.fileExists(atPath: path), "it is not there before it is whole")
        try writer.finish()
        return path
    }

    @Test(arguments: ["a.mp4", "b.mkv", "c.ts"]) func whatIsWrittenIsRead(name: String) throws {
        let reader = try VideoReader(try VideoSource(try write(name)))
        var frames: [VideoFrame] = []
        while let frame = try reader.next() { frames.append(frame) }
        #expect(frames.map(\.number) == Array(0..<20))
        #expect(reader.damagedCount == 0)
        for (number, frame) in frames.enumerated() {
            #expect(abs(frame.time - Double(number) / 25) < 0.002)
            #expect(frame.image.width == 64 && frame.image.height == 48)
            #expect(try frame.image.pixelDistance(to: try picture(number)) < 0.02)
        }
        #expect(try reader.next() == nil, "it stays at its end")
    }

    @Test func aPictureOfAnotherSizeIsScaledAndOneOfTheSameTimeLeftOut() throws {
        let path = folder.path("a.mp4")
        let writer = try VideoWriter(path, width: 65, height: 49)
        try writer.append(try picture(1, width: 130, height: 98), at: 0)
        try writer.append(try picture(2), at: 0)
        try writer.append(try picture(3), at: 0.5)
        try writer.finish()
        let reader = try VideoReader(try VideoSource(path))
        let first = try #require(try reader.next())
        #expect(first.image.width == 64 && first.image.height == 48)
        #expect(try first.image.pixelDistance(to: try picture(1)) < 0.02)
        #expect(try reader.next()?.time == 0.5)
        #expect(try reader.next() == nil)
    }

    @Test func whatIsNotFinishedLeavesNothingBehind() throws {
        do {
            let writer = try VideoWriter(folder.path("a.mp4"), width: 64, height: 48)
            try writer.append(try picture(0), at: 0)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func picturesAreTurnedClockwise() throws {
        let image = try Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
        #expect(try image.turned(0) == image)
        #expect(try image.turned(1) == Image(width: 1, height: 2, pixels: [1, 2, 3, 4, 5, 6]))
        #expect(try image.turned(2) == Image(width: 2, height: 1, pixels: [4, 5, 6, 1, 2, 3]))
        #expect(try image.turned(3) == Image(width: 1, height: 2, pixels: [4, 5, 6, 1, 2, 3]))
    }

    // MARK: What is no video

    private func error(of path: String) -> VideoError? {
        do {
            var limits = VideoLimits.standard
            limits.openSeconds = 60
            let reader = try VideoReader(try VideoSource(path), limits: limits)
            while try reader.next() != nil {}
            return nil
        } catch {
            return error
        }
    }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name)))
        return folder.path(name)
    }

    @Test func whatIsNoVideoIsSaidToBe() throws {
        let missing = folder.path("nothing.mp4")
        #expect(error(of: missing) == .file(.missing(path: missing)))
        #expect(error(of: folder.url.path) == .file(.isFolder(path: folder.url.path)))
        let empty = try file("empty.mp4", [])
        #expect(error(of: empty) == .file(.empty(path: empty)))
        for (name, bytes) in [
            ("text.mp4", Array("no video, but a text\n".utf8)), ("random.mkv", Self.random(100_000, seed: 5)),
        ] {
            let path = try file(name, bytes)
            guard case .cannotOpen(path, _)? = error(of: path) else {
                Issue.record("\(name): \(String(describing: error(of: path)))")
                continue
            }
        }
    }

    @Test func aHeaderOfAnyHugeSizeIsRefused() throws {
        // 10000 and 9000, twice: of the screen and of the first picture.
        let size: [UInt8] = [0x10, 0x27, 0x28, 0x23]
        let path = try file(
            "huge.gif",
            Array("GIF89a".utf8) + size + [0, 0, 0, 0x2C, 0, 0, 0, 0] + size + [0, 2, 2, 0x4C, 1, 0, 0x3B])
        #expect(error(of: path) == .tooLarge(source: path, width: 10000, height: 9000))
    }

    /// Nor does a list of files open what it names.
    @Test func aPlaylistIsNoVideo() throws {
        let video = try write("a.ts")
        for (name, text) in [
            ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:1,\n\(video)\n#EXT-X-ENDLIST\n"),
            ("list.ffconcat", "ffconcat version 1.0\nfile '\(video)'\n"),
        ] {
            let path = try file(name, Array(text.utf8))
            guard case .cannotOpen(path, _)? = error(of: path) else {
                Issue.record("\(name) was opened")
                continue
            }
        }
    }

    @Test func aNameIsNeverAProtocol() throws {
        #expect(error(of: "concat:a|b") == .file(.missing(path: "concat:a|b")))
        #expect(throws: VideoError.unknownScheme(source: "file:///etc/passwd", scheme: "file")) {
            try VideoSource("file:///etc/passwd")
        }
        #expect(try VideoSource("rtsp://ann:secret@door/1").name == "rtsp://ann:…@door/1")
    }

    // MARK: Damage

    @Test(arguments: ["a.mp4", "b.mkv", "c.ts"]) func aTruncatedVideoIsReadAsFarAsItGoes(name: String) throws {
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: try write(name, frames: 60))))
        for length in stride(from: 1, to: whole.count, by: max(whole.count / 12, 1)) {
            let path = try file("cut-" + name, Array(whole[..<length]))
            // It opens or doesn't; in either case it ends.
            switch error(of: path) {
            case nil, .cannotOpen?, .noPictures?: break
            case let other?: Issue.record("\(length) of \(whole.count) bytes: \(other)")
            }
        }
    }

    @Test(arguments: ["a.mp4", "b.mkv", "c.ts"]) func damageIsPassedOverAndCounted(name: String) throws {
        let path = folder.path(name)
        let writer = try VideoWriter(path, width: 320, height: 240)
        // Noise, so that there is much to damage.
        for number in 0..<60 { try writer.append(try testImage(number, side: 320), at: Double(number) / 25) }
        try writer.finish()
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let noise = Self.random(40, seed: 3)
        for (number, byte) in noise.enumerated() {
            let place = bytes.count / 3 + number * bytes.count / 120
            bytes[place] ^= byte | 1
        }
        let reader = try VideoReader(try VideoSource(try file("damaged-" + name, bytes)))
        var count = 0
        while try reader.next() != nil { count += 1 }
        #expect(count >= 15, "what comes before the damage is read")
        #expect(reader.damagedCount > 0)
        #expect(count < 60)
    }

    private static func random(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
