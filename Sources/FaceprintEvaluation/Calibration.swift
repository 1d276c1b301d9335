import Faceprint

/// The threshold for a wanted false match rate, what it costs, and how sure that is.
///
/// ```swift
/// let calibration = try Calibration(fmr: 1e-4, all: pairs, embeddings: embeddings, identities: names)
/// print(calibration.point.threshold, calibration.point.fnmr.value, calibration.fmrBounds)
/// ```
///
/// Pairs that share a person aren't independent, so the bounds of a ``Proportion`` are too narrow for them. Here
/// persons are drawn again and again, with replacement, as many as there are, and both rates at the threshold are
/// computed for each draw: a bootstrap over identities (Bolle, Ratha and Pankanti, *Error analysis of pattern
/// recognition systems: the subsets bootstrap*, 2004). The bounds hold 95 % of the draws, and at least those of the
/// ``Proportion``, which still says something where no false match was seen.
public struct Calibration: Hashable, Sendable, Codable {
    /// A lower and an upper 95 % bound.
    public struct Bounds: Hashable, Sendable, Codable {
        public let lower: Double
        public let upper: Double
    }

    /// The false match rate that was asked for.
    public let wantedFMR: Double
    /// The threshold, and the rates of all pairs at it.
    public let point: OperatingPoint
    public let fmrBounds: Bounds
    public let fnmrBounds: Bounds
    /// How many times persons were drawn.
    public let draws: Int
    /// What the draws follow from.
    public let seed: UInt64

    /// Finds the threshold and measures all pairs once more at it.
    ///
    /// - Parameters:
    ///   - fmr: The false match rate that is wanted, above 0 and at most 0.01.
    ///   - all: The distances of all pairs.
    ///   - embeddings: What `all` was measured from.
    ///   - identities: Whom each photo shows.
    ///   - draws: How many, 1 to 100,000.
    ///   - seed: What the draws follow from.
    /// - Throws: ``EvaluationError/tooFewImpostors(fmr:found:)`` for a rate that can't be measured, and
    ///   ``EvaluationError/outOfRange(what:value:allowed:)``.
    public init(
        fmr: Double, all: AllPairs, embeddings: [Embedding?], identities: [String], draws: Int = 500,
        seed: UInt64 = 1
    ) throws(EvaluationError) {
        guard fmr > 0, fmr <= 0.01 else {
            throw .outOfRange(what: "the false match rate", value: "\(fmr)", allowed: "above 0 and at most 0.01")
        }
        guard (1...100_000).contains(draws) else {
            throw .outOfRange(what: "the number of draws", value: "\(draws)", allowed: "1 to 100000")
        }
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        guard let point = rates.operatingPoint(fmr: fmr) else {
            throw .tooFewImpostors(fmr: fmr, found: rates.impostor.count)
        }
        let photos = try EncodedPhotos(embeddings, identities)
        let decisions = DecisionsByIdentity(of: photos, threshold: point.threshold)
        var random = SplitMix(seed: seed)
        let drawn = (0..<draws).map { _ in decisions.draw(&random) }
        wantedFMR = fmr
        self.point = point
        fmrBounds = Bounds(of: drawn.compactMap(\.fmr), including: point.fmr)
        fnmrBounds = Bounds(of: drawn.compactMap(\.fnmr), including: point.fnmr)
        self.draws = draws
        self.seed = seed
    }
}

extension Calibration.Bounds {
    fileprivate init(of drawn: [Double], including share: Proportion) {
        let sorted = drawn.sorted()
        let tail = Int(Double(sorted.count) * 0.025)
        lower = min(share.lower, sorted.isEmpty ? 0 : sorted[tail])
        upper = max(share.upper, sorted.isEmpty ? 1 : sorted[sorted.count - 1 - tail])
    }
}

/// What one threshold decides, counted by person.
private struct DecisionsByIdentity {
    private struct Counts: Sendable {
        var falseMatches: [(Int, Int)] = []
        var acceptedGenuine: [Int]
    }

    private let counts: Counts
    private let photos: [Int]

    init(of photos: EncodedPhotos, threshold: Float) {
        let nothing = Counts(acceptedGenuine: photos.photosByIdentity.map { _ in 0 })
        counts = photos.reduce(nothing) { counts, i, j, distance in
            guard distance <= threshold else { return }
            let (first, second) = (photos.identities[i], photos.identities[j])
            if first == second {
                counts.acceptedGenuine[first] += 1
            } else {
                counts.falseMatches.append((first, second))
            }
        } merge: { counts, other in
            counts.falseMatches += other.falseMatches
            for i in counts.acceptedGenuine.indices { counts.acceptedGenuine[i] += other.acceptedGenuine[i] }
        }
        self.photos = photos.photosByIdentity
    }

    /// Both rates for persons drawn with replacement; nil for one that the draw has no pairs for. Two copies of
    /// one person make no impostors.
    func draw(_ random: inout SplitMix) -> (fmr: Double?, fnmr: Double?) {
        var times = [Int](repeating: 0, count: photos.count)
        for _ in photos { times[random.next(below: photos.count)] += 1 }
        var (all, sameIdentity, genuine, accepted) = (0, 0, 0, 0)
        for (identity, count) in photos.enumerated() {
            all += times[identity] * count
            sameIdentity += times[identity] * count * times[identity] * count
            genuine += times[identity] * count * (count - 1) / 2
            accepted += times[identity] * counts.acceptedGenuine[identity]
        }
        let impostors = (all * all - sameIdentity) / 2
        let falseMatches = counts.falseMatches.reduce(0) { $0 + times[$1.0] * times[$1.1] }
        return (
            impostors > 0 ? Double(falseMatches) / Double(impostors) : nil,
            genuine > 0 ? Double(genuine - accepted) / Double(genuine) : nil
        )
    }
}
