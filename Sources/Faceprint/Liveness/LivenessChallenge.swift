/// What somebody is asked to do before a camera: look into it, then turn the head as each of ``turns`` says, looking
/// back into the camera after each.
public struct LivenessChallenge: Hashable, Sendable, Codable {
    /// To which side the head is turned: the person's own left or right.
    public enum Turn: String, Hashable, Sendable, Codable, CaseIterable {
        case left, right
    }

    public let turns: [Turn]
    /// The time for all of it.
    public let seconds: Double

    /// - Precondition: there is a turn.
    public init(turns: [Turn], seconds: Double = 12) {
        precondition(!turns.isEmpty, "a challenge without a turn is none")
        self.turns = turns
        self.seconds = seconds
    }

    /// Three turns, each to either side: a video made beforehand has one of eight orders.
    public static func random(using generator: inout some RandomNumberGenerator) -> LivenessChallenge {
        LivenessChallenge(turns: (0..<3).map { _ in Bool.random(using: &generator) ? .left : .right })
    }

    /// Three turns from the system's random numbers.
    public static func random() -> LivenessChallenge {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// Looking, and turning and looking back for each turn.
    public var steps: [LivenessTrial.Step] { [.look] + turns.flatMap { [.turn($0), .look] } }
}
