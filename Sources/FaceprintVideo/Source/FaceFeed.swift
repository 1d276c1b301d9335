import Faceprint
import Foundation

/// The pictures of a feed with the faces in them, which are searched for on a thread of their own.
///
/// ```swift
/// let feed = FaceFeed(FrameFeed(try VideoSource("door.mp4")), detector)
/// while let item = try feed.next() {
///     if case .frame(let frame, let faces?) = item { decisions += try recognizer.process(frame, faces: faces) }
/// }
/// ```
public final class FaceFeed: Sendable {
    public enum Item: Sendable {
        /// Faces as `FaceDetector.search` finds them; nil where they weren't searched for.
        case frame(VideoFrame, [Face]?)
        case lost(reason: String, time: Double)
        case back(time: Double)
    }

    private let frames: FrameFeed
    private let handoff = Handoff<Item>(capacity: 1)

    /// - Parameter interval: Faces are searched for in each picture, each second, and so on; at least 1.
    public init(_ frames: FrameFeed, _ detector: any FaceDetector, every interval: Int = 1) {
        self.frames = frames
        let thread = Thread { [handoff] in
            do {
                var count = 0
                while let item = try frames.next() {
                    let passedOn: Item
                    switch item {
                    case .frame(let frame):
                        passedOn = .frame(frame, count % max(interval, 1) == 0 ? try detector.search(frame.image) : nil)
                        count += 1
                    case .lost(let reason, let time): passedOn = .lost(reason: reason, time: time)
                    case .back(let time): passedOn = .back(time: time)
                    }
                    guard handoff.put(passedOn) else { break }
                }
                handoff.close()
            } catch {
                handoff.close(throwing: error)
            }
        }
        thread.name = "faces"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next picture or message; nil at the end.
    ///
    /// - Throws: As ``FrameFeed/next()``, and what the detector throws.
    public func next() throws -> Item? { try handoff.next() }

    /// Ends it, from any thread. What was read already can still be had.
    public func stop() { frames.stop() }

    /// Ends it at once, for whoever takes nothing more.
    public func cancel() {
        handoff.close()
        frames.stop()
    }
}
