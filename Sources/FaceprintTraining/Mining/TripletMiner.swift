import Faceprint

/// Three photos of a batch by their places: two of one person, and one of somebody else.
public struct Triplet: Hashable, Sendable {
    public var anchor: Int
    public var positive: Int
    public var negative: Int
}

/// Chooses the triplets of a batch (Schroff et al., *FaceNet*, section 3.2): each ordered pair of one person's photos
/// is an anchor with its positive, and gets at most one negative.
public struct TripletMiner: Hashable, Sendable {
    public enum Strategy: Hashable, Sendable {
        /// The nearest negative that is further than the positive, but within the margin; where there is none, the
        /// pair makes no triplet. Hardest negatives at the start of training make everything collapse into one point.
        case semiHard
        /// The nearest negative, if it is within the margin.
        case hardest
        /// Any negative within the margin.
        case random
    }

    public var strategy: Strategy
    /// In squared L2 distance.
    public var margin: Float

    public init(strategy: Strategy = .semiHard, margin: Float = 0.2) {
        self.strategy = strategy
        self.margin = margin
    }

    /// What a batch gave.
    public struct Result: Hashable, Sendable {
        public var triplets: [Triplet]
        /// Ordered pairs of an anchor and a positive.
        public var pairs: Int
        /// All pairs of one person: the mean L2 distance, 0 where there are none.
        public var positiveDistance: Double
        /// All pairs of two persons: the mean L2 distance, 0 where there are none.
        public var negativeDistance: Double
    }

    /// - Parameters:
    ///   - distances: Squared L2 distances, `[count][count]`.
    ///   - labels: Whom each photo shows.
    ///   - seed: What the random choice follows from.
    public func callAsFunction(distances: [Float], labels: [Int], seed: UInt64) -> Result {
        let count = labels.count
        var random = SplitMix(seed: seed)
        var triplets: [Triplet] = []
        var (pairs, others) = (0, 0)
        var (positiveSum, negativeSum) = (0.0, 0.0)
        for anchor in 0..<count {
            let row = distances[(anchor * count)..<((anchor + 1) * count)]
            let negatives = labels.indices.filter { labels[$0] != labels[anchor] }
            others += negatives.count
            negativeSum += negatives.reduce(0.0) { $0 + Double(row[anchor * count + $1]).squareRoot() }
            for positive in 0..<count where positive != anchor && labels[positive] == labels[anchor] {
                let near = row[anchor * count + positive]
                pairs += 1
                positiveSum += Double(near).squareRoot()
                let within = negatives.filter { row[anchor * count + $0] < near + margin }
                let negative: Int? =
                    switch strategy {
                    case .semiHard:
                        within.filter { row[anchor * count + $0] > near }
                            .min { row[anchor * count + $0] < row[anchor * count + $1] }
                    case .hardest: within.min { row[anchor * count + $0] < row[anchor * count + $1] }
                    case .random: within.isEmpty ? nil : within[random.next(below: within.count)]
                    }
                if let negative {
                    triplets.append(Triplet(anchor: anchor, positive: positive, negative: negative))
                }
            }
        }
        return Result(
            triplets: triplets, pairs: pairs, positiveDistance: pairs > 0 ? positiveSum / Double(pairs) : 0,
            negativeDistance: others > 0 ? negativeSum / Double(others) : 0)
    }
}
