import Faceprint
import FaceprintImaging

/// Follows the faces of a video and decides once a track who it is.
///
/// The best frame of each short time is encoded, and the mean of the embeddings, by quality, is looked for. Somebody
/// known is named after a few good frames, somebody unknown is taken for that after more of them, or when the track
/// ends. A track with hardly a good frame isn't decided.
///
/// ```swift
/// let recognizer = VideoRecognizer(encoder: encoder, detector: detector) { probe in
///     try search.identify(probe, threshold: 1)
/// }
/// for frame in frames { for decision in try recognizer.process(frame) { print(decision.match?.person ?? "?") } }
/// let last = try recognizer.finish()
/// ```
///
/// It is used by one thread at a time.
public final class VideoRecognizer {
    /// Somebody who is seen in the last frame.
    public struct Visible: Hashable, Sendable {
        public let track: Int
        public let box: Box
        /// nil before it is made.
        public let decision: TrackDecision?
    }

    /// Of a face's box, in that of another.
    private static let coveredShare: Float = 0.1

    private let encoder: any FaceEncoder
    private let detector: any FaceDetector
    private let settings: DecisionSettings
    private let identify: (Embedding) throws -> Identification
    private var tracker: FaceTracker
    private var evidence: [Int: TrackEvidence] = [:]

    /// - Parameters:
    ///   - identify: Who an embedding shows.
    public init(
        encoder: any FaceEncoder, detector: any FaceDetector, settings: DecisionSettings = DecisionSettings(),
        tracking: FaceTracker.Settings = FaceTracker.Settings(),
        identify: @escaping (Embedding) throws -> Identification
    ) {
        self.encoder = encoder
        self.detector = detector
        self.settings = settings
        self.identify = identify
        tracker = FaceTracker(tracking)
    }

    /// Takes in the next frame.
    ///
    /// - Parameters:
    ///   - faces: As the detector's `search` finds them in it; nil to search now.
    /// - Returns: The decisions that were made by it.
    public func process(_ frame: VideoFrame, faces: [Face]? = nil) throws -> [TrackDecision] {
        let faces = try faces ?? detector.search(frame.image)
        let (numbers, ended) = try tracker.update(faces, at: frame.time) { place in
            guard try good(faces[place], of: faces, in: frame) != nil else { return nil }
            return try encoder.encode([
                FaceInPhoto(photo: frame.image, face: try detector.refined(faces[place], in: frame.image))
            ])[0]
        }
        for (face, number) in zip(faces, numbers) {
            guard let number, wantsMore(number), let sighting = try good(face, of: faces, in: frame) else { continue }
            evidence[number, default: TrackEvidence()].offer(sighting)
        }
        let last = try end(ended)
        try encode(tracker.tracks.map(\.number), at: frame.time)
        return last + tracker.tracks.compactMap { evidence[$0.number]?.decide(on: $0, settings) }
    }

    /// Ends all tracks.
    public func finish() throws -> [TrackDecision] { try end(tracker.finish()) }

    /// Who is seen in the last frame.
    public var visible: [Visible] {
        tracker.tracks.filter(\.isVisible).map {
            Visible(track: $0.number, box: $0.face.box, decision: evidence[$0.number]?.decision)
        }
    }

    private func end(_ tracks: [Track]) throws -> [TrackDecision] {
        try encode(tracks.filter { $0.sightings > 1 }.map(\.number), at: .infinity, isEnding: true)
        return tracks.compactMap { track in
            defer { evidence[track.number] = nil }
            return evidence[track.number]?.decide(on: track, settings, isEnding: true)
        }
    }

    private func wantsMore(_ track: Int) -> Bool { evidence[track]?.decision == nil }

    /// A face that is good enough to recognise somebody by; nil for one that isn't, or that another one may cover.
    private func good(_ face: Face, of faces: [Face], in frame: VideoFrame) throws -> FaceSighting? {
        let covered = faces.filter { $0 != face }.map { $0.box.intersection(face.box).area }.max() ?? 0
        guard covered <= Self.coveredShare * face.box.area, let quality = try? frame.image.quality(of: face).total,
            quality >= settings.minimumQuality
        else {
            return nil
        }
        return FaceSighting(
            cut: frame.image.cut(around: face), face: face, time: frame.time, quality: quality)
    }

    /// Encodes what is due of some tracks, together.
    private func encode(_ tracks: [Int], at time: Double, isEnding: Bool = false) throws {
        var due: [(track: Int, sighting: FaceSighting)] = []
        for number in tracks where wantsMore(number) {
            guard let sighting = evidence[number]?.take(at: time, settings, isEnding: isEnding) else { continue }
            due.append((number, sighting))
        }
        guard !due.isEmpty else { return }
        let faces = try due.map { _, sighting in
            FaceInPhoto(
                photo: sighting.cut.photo, face: try detector.refined(sighting.cut.face!, in: sighting.cut.photo))
        }
        for ((number, sighting), embedding) in zip(due, try encoder.encode(faces)) {
            guard let mean = try evidence[number]?.add(embedding, of: sighting, identify) else { continue }
            tracker.remember(mean, of: number)
        }
    }
}
