import Faceprint

/// The answer to *which of these people is it?*
public struct Classification: Hashable, Sendable {
    /// Whom the method chooses, stranger or not.
    public let person: String
    /// How probable each person is, 0…1, if it is one of them; they sum to 1.
    public let probabilities: [String: Double]
    /// The L2 distance to the nearest template of the chosen person, 0…2.
    public let distance: Float
    /// The largest distance that is accepted.
    public let threshold: Float
    /// The person of the nearest template of all, whom a classifier isn't needed for.
    public let nearest: Candidate

    /// How probable the chosen person is, 0…1, if it is somebody who was learnt.
    public var probability: Double { probabilities[person] ?? 0 }

    /// Who it is; nil for a stranger.
    public var match: String? { distance <= threshold ? person : nil }

    /// Who it is by the nearest template alone; nil for a stranger.
    public var nearestMatch: String? { nearest.distance <= threshold ? nearest.person : nil }
}
