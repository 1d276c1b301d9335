import Faceprint

/// One person's way through a video.
public struct Track: Hashable, Sendable {
    /// From 1, in the order in which they came.
    public let number: Int
    /// As it was seen last.
    public internal(set) var face: Face
    /// When it was seen first, in seconds.
    public let start: Double
    /// When it was seen last, in seconds.
    public internal(set) var end: Double
    /// In how many frames it was seen.
    public internal(set) var sightings = 1
    /// Whether it was seen in the last frame.
    public internal(set) var isVisible = true
    /// What the face looks like; nil until it was said.
    public internal(set) var embedding: Embedding?
    var motion: Motion

    init(number: Int, _ face: Face, at time: Double) {
        self.number = number
        self.face = face
        start = time
        end = time
        motion = Motion(face.box, at: time)
    }

    mutating func see(_ seen: Face, at time: Double) {
        face = seen
        end = time
        sightings += 1
        isVisible = true
        motion.observe(seen.box, at: time)
    }

    /// The L2 distance, 0…2; nil where either isn't known.
    func distance(to other: Embedding?) -> Float? {
        guard let embedding, let other else { return nil }
        return try? euclideanDistance(embedding, other)
    }
}
