import Faceprint
import Foundation
import Glibc
import TestSupport
import Testing

@testable import FaceprintVideo

/// Sources that stop, start again, or never come.
@Suite struct FrameFeedTests {
    private let folder = try! TemporaryFolder()

    private func bytes(frames: Int) throws -> [UInt8] {
        let path = folder.path("\(frames).ts")
        let writer = try VideoWriter(path, width: 64, height: 48)
        for number in 0..<frames { try writer.append(try testImage(number, side: 64), at: Double(number) / 25) }
        try writer.finish()
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Looks at everything, and doesn't wait before it tries again.
    private func feed(_ source: String, retries: Int? = 2) throws -> FrameFeed {
        let source = try VideoSource(source)
        var options = FrameFeed.Options(for: source)
        options.skips = false
        options.retries = retries
        options.pause = GrowingPause(first: 0, longest: 0)
        return FrameFeed(source, options)
    }

    /// What comes, in short: how many pictures, then a message, and so on.
    private func summary(_ feed: FrameFeed) -> (items: [String], times: [Double], error: VideoError?) {
        var items: [String] = []
        var times: [Double] = []
        var frames = 0
        func add(_ text: String) {
            if frames > 0 { items.append("\(frames)") }
            items.append(text)
            frames = 0
        }
        do {
            while let item = try feed.next() {
                switch item {
                case .frame(let frame):
                    frames += 1
                    times.append(frame.time)
                case .lost: add("lost")
                case .back: add("back")
                }
            }
            add("end")
            return (items, times, nil)
        } catch {
            add("failed")
            return (items, times, error as? VideoError)
        }
    }

    @Test func aStreamThatStopsIsOpenedAgain() throws {
        let server = try StreamServer([try bytes(frames: 30), [], [1, 2, 3], try bytes(frames: 20)])
        let address = "tcp://127.0.0.1:\(server.port)"
        let seen = summary(try feed(address, retries: 4))
        #expect(seen.items == ["30", "lost", "back", "20", "lost", "failed"])
        #expect(seen.times == seen.times.sorted(), "time goes on")
        guard case .gaveUp(address, attempts: 4, _)? = seen.error else {
            Issue.record("\(String(describing: seen.error))")
            return
        }
    }

    @Test(arguments: ["/dev/video99", "tcp://127.0.0.1:1"]) func whatNeverComesIsGivenUp(source: String) throws {
        let seen = summary(try feed(source, retries: 3))
        #expect(seen.items == ["lost", "failed"])
        guard case .gaveUp(source, attempts: 3, _)? = seen.error else {
            Issue.record("\(String(describing: seen.error))")
            return
        }
    }

    /// As a camera that is pulled out and put back in: a pipe whose writer goes.
    @Test func aPipeWhoseWriterGoesIsOpenedAgain() throws {
        let path = folder.path("camera")
        try #require(mkfifo(path, 0o600) == 0)
        let body = try bytes(frames: 25)
        // Each waits until somebody reads.
        @Sendable func write() throws {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            defer { close(descriptor) }
            try FileHandle(fileDescriptor: descriptor).write(contentsOf: Data(body))
        }
        let feed = try feed(path, retries: nil)
        let writer = Background { try write() }
        var frames = 0
        var messages: [String] = []
        while let item = try feed.next() {
            switch item {
            case .frame: frames += 1
            case .lost:
                messages.append("lost \(frames)")
                try writer.value()
                if messages.count > 1 { feed.stop() } else { try write() }
            case .back: messages.append("back \(frames)")
            }
        }
        #expect(messages == ["lost 25", "back 25", "lost 50"])
    }

    @Test func aPipeThatNobodyWritesIntoIsNotWaitedForWithoutEnd() throws {
        let path = folder.path("camera")
        try #require(mkfifo(path, 0o600) == 0)
        var limits = VideoLimits.standard
        limits.openSeconds = 0.3
        #expect(throws: VideoError.silent(source: path, seconds: 0.3)) {
            try VideoReader(try VideoSource(path), limits: limits)
        }
    }

    @Test func aFileThatEndsIsTheEnd() throws {
        _ = try bytes(frames: 12)
        let seen = summary(try feed(folder.path("12.ts")))
        #expect(seen.items == ["12", "end"] && seen.error == nil)
    }

    @Test func stoppingEndsAWaitForAStream() throws {
        let source = try VideoSource("tcp://127.0.0.1:1")
        var options = FrameFeed.Options(for: source)
        options.pause = GrowingPause(first: 3600, longest: 3600)
        let feed = FrameFeed(source, options)
        guard case .lost? = try feed.next() else {
            Issue.record("nothing is there")
            return
        }
        feed.stop()
        #expect(try feed.next() == nil)
    }

    @Test func pausesGrow() {
        let pause = GrowingPause()
        #expect((1...7).map(pause.seconds) == [0.5, 1, 2, 4, 8, 10, 10])
        #expect(pause.seconds(after: .max) == 10)
    }

    @Test func newPicturesTakeThePlaceOfOldOnesAndMessagesStay() throws {
        let handoff = Handoff<Int>(capacity: 1)
        #expect(handoff.put(1, insteadOf: { $0 > 0 }) == 0)
        #expect(handoff.put(-1, insteadOf: { _ in false }) == 0)
        #expect(handoff.put(2, insteadOf: { $0 > 0 }) == 1)
        #expect(handoff.put(3, insteadOf: { $0 > 0 }) == 1)
        handoff.close(throwing: CancellationError())
        #expect(!handoff.put(4))
        #expect(try handoff.next() == -1)
        #expect(try handoff.next() == 3)
        #expect(throws: CancellationError.self) { try handoff.next() }
    }
}
