import Faceprint

/// Who somebody in a video is, decided once a track.
public struct TrackDecision: Hashable, Sendable {
    /// Of the track, from 1.
    public let track: Int
    /// By the mean of the embeddings of the good frames.
    public let identification: Identification
    /// The distance to the nearest person after each good frame.
    public let distances: [Float]
    /// In how many frames the face was seen.
    public let sightings: Int
    /// When it was seen first and last so far, in seconds.
    public let start, end: Double
    /// In the best of the good frames.
    public let face: Face
    /// Of that frame, in seconds.
    public let bestTime: Double

    /// Who it is; nil for somebody who is not enrolled.
    public var match: Candidate? { identification.match }
}
