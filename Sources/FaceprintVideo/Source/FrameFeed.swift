import Dispatch
import Foundation
import Synchronization

/// The pictures of a source, read on a thread of their own.
///
/// A file is read as fast as its pictures are taken, and ends. What is live goes on whether anybody looks or not: only
/// its newest picture waits, and when it ends or fails it is opened again, with growing pauses.
///
/// ```swift
/// let feed = FrameFeed(try VideoSource("/dev/video0"))
/// while let item = try feed.next() { if case .frame(let frame) = item { … } }
/// ```
public final class FrameFeed: Sendable {
    public enum Item: Sendable {
        case frame(VideoFrame)
        /// It can't be read any more, or not yet, and is tried again. Said once, whatever else fails until it is back.
        case lost(reason: String, time: Double)
        case back(time: Double)
    }

    public struct Options: Sendable {
        /// Whether pictures that nobody has taken yet give way to newer ones.
        public var skips: Bool
        /// Whether a file takes as long as it shows, as a camera would.
        public var isPaced = false
        /// How often in a row a live source is opened again without a picture; nil for without end.
        public var retries: Int?
        public var pause = GrowingPause()
        public var limits = VideoLimits.standard

        /// - Parameter source: What is live skips pictures, a file doesn't.
        public init(for source: VideoSource) { skips = source.isLive }
    }

    private let source: VideoSource
    private let options: Options
    private let handoff: Handoff<Item>
    private let signal = StopSignal()
    private let skipped = Atomic(0)
    private let damaged = Atomic(0)
    private let finished = DispatchGroup()

    public init(_ source: VideoSource, _ options: Options? = nil) {
        self.source = source
        self.options = options ?? Options(for: source)
        handoff = Handoff(capacity: 3)
        finished.enter()
        let thread = Thread { [self] in
            do {
                try read()
                handoff.close()
            } catch {
                handoff.close(throwing: error)
            }
            finished.leave()
        }
        thread.name = "video"
        // Decoders take more than a thread's usual half megabyte.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next picture or message; nil at the end.
    ///
    /// - Throws: ``VideoError`` for a file that can't be read, and a live source that is given up.
    public func next() throws -> Item? { try handoff.next() }

    /// Ends it, from any thread, and waits until the source is closed. What was read already can still be had.
    public func stop() {
        signal.set()
        handoff.close()
        finished.wait()
    }

    /// How many pictures gave way to newer ones.
    public var skippedCount: Int { skipped.load(ordering: .relaxed) }

    /// How many packets and pictures were damaged, and passed over, until the source was closed last.
    public var damagedCount: Int { damaged.load(ordering: .relaxed) }

    private func read() throws(VideoError) {
        let clock = ContinuousClock()
        let start = clock.now
        var number = 0
        var failures = 0
        var isLost = false
        var last = 0.0
        while !signal.isSet {
            let reason: VideoError?
            do throws(VideoError) {
                let reader = try VideoReader(source, limits: options.limits, stop: signal)
                defer { damaged.add(reader.damagedCount, ordering: .relaxed) }
                // What was sent faster than it shows may be ahead of the clock.
                let opened = source.isLive ? max((clock.now - start) / .seconds(1), last) : 0
                var beginning: Double?
                while let frame = try reader.next() {
                    beginning = beginning ?? (source.isLive ? frame.time : 0)
                    let time = opened + frame.time - (beginning ?? 0)
                    if isLost { handoff.put(.back(time: time), insteadOf: { _ in false }) }
                    isLost = false
                    failures = 0
                    last = time
                    if options.isPaced { signal.wait(seconds: time - (clock.now - start) / .seconds(1)) }
                    offer(VideoFrame(number: number, time: time, image: frame.image))
                    number += 1
                }
                reason = nil
            } catch {
                reason = error
            }
            guard source.isLive else {
                if let reason { throw reason }
                return
            }
            guard !signal.isSet else { return }
            failures += 1
            let text = reason.map { "\($0)" } ?? "“\(source.name)” has ended"
            if let retries = options.retries, failures > retries {
                throw .gaveUp(source: source.name, attempts: retries, reason: text)
            }
            let time = (clock.now - start) / .seconds(1)
            if !isLost { handoff.put(.lost(reason: text, time: time), insteadOf: { _ in false }) }
            isLost = true
            signal.wait(seconds: options.pause.seconds(after: failures))
        }
    }

    private func offer(_ frame: VideoFrame) {
        guard options.skips else {
            handoff.put(.frame(frame))
            return
        }
        let gone = handoff.put(.frame(frame)) { item in if case .frame = item { true } else { false } }
        skipped.add(gone, ordering: .relaxed)
    }
}
