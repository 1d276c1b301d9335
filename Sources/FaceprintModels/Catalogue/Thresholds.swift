/// The largest L2 distances, 0…2, at which two photos are taken to show one person.
///
/// Each was calibrated to a false match rate (FMR): how many of the comparisons of different persons are accepted.
public struct Thresholds: Hashable, Sendable, Codable {
    /// For 1:1, one comparison with the person claimed: FMR 1e-4.
    public var verification: Float
    /// For 1:N, where every person enrolled is one more chance of a false match: FMR 1e-5.
    public var identification: Float

    public init(verification: Float, identification: Float) {
        self.verification = verification
        self.identification = identification
    }
}

extension Thresholds {
    /// For a model that was not calibrated: 0.7 for both.
    public static let uncalibrated = Thresholds(verification: 0.7, identification: 0.7)

    /// Whether both can be distances of unit vectors: what stands in a file may be anything.
    var areDistances: Bool { (0...2).contains(verification) && (0...2).contains(identification) }
}
