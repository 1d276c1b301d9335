import Faceprint

/// Follows faces from frame to frame.
///
/// A face belongs to the track whose predicted box it overlaps. Where that could be several, or a track was out of
/// sight, what the faces look like decides as well, so that people who cross aren't exchanged; and whoever was lost for
/// a while goes on with their track when their face is seen again, wherever that is. This is SORT (see ``Motion``) with
/// the appearance that DeepSORT adds (Wojke, Bewley and Paulus, *Simple online and realtime tracking with a deep
/// association metric*, 2017).
///
/// ```swift
/// var tracker = FaceTracker()
/// let numbers = try tracker.update(faces, at: frame.time) { face in try embedding(of: faces[face]) }
/// ```
public struct FaceTracker: Sendable {
    public struct Settings: Hashable, Sendable {
        /// The intersection over union with a predicted box from which a face may belong to it, 0…1.
        public var overlap: Float = 0.15
        /// For how long somebody who is out of sight is remembered, in seconds.
        public var memory = 3.0
        /// Up to which distance two faces are taken for one person's.
        public var sameFace: Float = 1.0
        /// From which distance on two faces are not one person's, however well their boxes fit.
        public var otherFace: Float = 1.25
        /// How many faces of a frame are followed, the largest.
        public var faces = 32

        public init() {}

        /// In seconds, of a track of fewer sightings than ``firmSightings``: it may be no face at all.
        static let shortMemory = 0.3
        static let firmSightings = 3
        /// For how long a box is enough to know somebody by, in seconds.
        static let boxMemory = 0.5
        /// Stands for a distance that isn't known.
        static let unknownDistance: Float = 1
    }

    /// Those that are seen, or remembered, in the order of their numbers.
    public private(set) var tracks: [Track] = []
    public let settings: Settings
    private var count = 0

    public init(_ settings: Settings = Settings()) { self.settings = settings }

    /// Takes in the faces of the next frame.
    ///
    /// - Parameters:
    ///   - faces: In any order.
    ///   - time: In seconds, not before that of the frame before.
    ///   - appearance: What the face at a place of `faces` looks like, where that can be said. It is asked as little as
    ///     possible, and once a face at most.
    /// - Returns: For each face the number of its track; nil for those above ``Settings/faces``. And the tracks that
    ///   are over.
    public mutating func update(
        _ faces: [Face], at time: Double, appearance: (Int) throws -> Embedding?
    ) rethrows -> (numbers: [Int?], ended: [Track]) {
        let ended = removeForgotten(at: time)
        let places = faces.indices.sorted { faces[$0].box.area > faces[$1].box.area }.prefix(settings.faces)
        var seen = Sightings(of: places.map { ($0, faces[$0]) }, tracks, settings, at: time)
        try seen.assign(appearance)
        try seen.recognise(appearance)
        var numbers = [Int?](repeating: nil, count: faces.count)
        for index in tracks.indices { tracks[index].isVisible = false }
        for (place, track) in zip(places, seen.trackOf) {
            if let track {
                tracks[track].see(faces[place], at: time)
                numbers[place] = tracks[track].number
            } else {
                count += 1
                tracks.append(Track(number: count, faces[place], at: time))
                numbers[place] = count
            }
        }
        return (numbers, ended)
    }

    /// Says what the face of a track looks like.
    public mutating func remember(_ embedding: Embedding, of number: Int) {
        guard let index = tracks.firstIndex(where: { $0.number == number }) else { return }
        tracks[index].embedding = embedding
    }

    /// Ends all tracks, and gives them out.
    public mutating func finish() -> [Track] {
        defer { tracks = [] }
        return tracks
    }

    private mutating func removeForgotten(at time: Double) -> [Track] {
        func isOver(_ track: Track) -> Bool {
            let isFirm = track.sightings >= Settings.firmSightings
            return time - track.end > (isFirm ? settings.memory : min(settings.memory, Settings.shortMemory))
        }
        let ended = tracks.filter(isOver)
        tracks.removeAll(where: isOver)
        return ended
    }
}
