import FaceprintEvaluation
import FaceprintModels
import Foundation

/// Where one distance stands among those that a model's calibration saw.
public struct DistanceStanding: Hashable, Sendable, Codable {
    /// How many pairs of one kind were measured, and the share of them that is as near, or nearer.
    public struct Kind: Hashable, Sendable, Codable {
        public let pairs: Int
        public let nearer: Double

        init(_ bins: [Int], _ distance: Float) {
            pairs = bins.reduce(0, +)
            nearer = DistanceDistributions.share(of: bins, atMost: distance)
        }
    }

    public let genuine: Kind
    public let impostor: Kind
    /// Which photos were measured.
    public let source: String

    public init(of distance: Float, in distributions: DistanceDistributions) {
        genuine = Kind(distributions.genuine, distance)
        impostor = Kind(distributions.impostor, distance)
        source = distributions.source
    }

    /// For people: a sentence about each kind of pair.
    public var sentences: [String] {
        let farther = 1 - genuine.nearer
        let own = "Of \(counted(genuine.pairs)) pairs of photos of one person, "
        let others = "Of \(counted(impostor.pairs)) pairs of photos of two people, "
        return [
            own
                + (isNone(farther, of: genuine.pairs)
                    ? "none is farther apart than this one."
                    : isNone(genuine.nearer, of: genuine.pairs)
                        ? "none is as near as this one."
                        : "about \(percent(genuine.nearer)) are nearer than this one, \(percent(farther)) farther apart."),
            others
                + (isNone(impostor.nearer, of: impostor.pairs)
                    ? "none is as near as this one." : "about \(percent(impostor.nearer)) are as near as this one."),
        ]
    }

    /// With commas between thousands.
    private func counted(_ number: Int) -> String { number.formatted(.number.locale(Locale(identifier: "en_GB"))) }

    /// Less than half a pair.
    private func isNone(_ share: Double, of pairs: Int) -> Bool { share * Double(pairs) < 0.5 }
}
