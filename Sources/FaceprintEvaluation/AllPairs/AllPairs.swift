import Faceprint

/// The distances of all pairs of n photos: n(n − 1)/2 of them, 84 million for 13,000 photos.
///
/// Every pair is measured as `euclideanDistance` does. Impostor distances are counted as they come, rounded up to
/// a multiple of ``resolution``; the few genuine ones are kept as they are. So memory stays within some megabytes.
public struct AllPairs: Sendable {
    /// Two photos by their places in what was measured, and their distance.
    public struct Measured: Hashable, Sendable, Codable {
        public let first: Int
        public let second: Int
        public let distance: Float
    }

    /// What impostor distances are rounded up to a multiple of: 2⁻¹⁷, about 7.6e-6. The rates at a multiple are
    /// exact.
    public static let resolution: Float = 0x1p-17

    /// More genuine pairs than that are rounded as well.
    static let mostGenuineKept = 1 << 22

    /// Pairs of one person.
    public let genuine: DistanceCounts
    /// Pairs of two persons.
    public let impostor: DistanceCounts
    /// Of the photos, those that have no embedding. Each pair with one of them is at an infinite distance.
    public let refusedPhotos: Proportion
    /// The genuine pairs farthest apart, the farthest first.
    public let farthestGenuine: [Measured]
    /// The impostor pairs nearest to each other, the nearest first.
    public let nearestImpostors: [Measured]

    /// Measures all pairs.
    ///
    /// - Parameters:
    ///   - embeddings: One a photo; nil for one that has none, because no face was found on it.
    ///   - identities: Whom each photo shows, one a photo.
    ///   - worst: How many of the worst pairs of each kind to keep.
    /// - Throws: ``EvaluationError/differentCounts(what:expected:found:)``,
    ///   ``EvaluationError/differentSpaces(_:_:)`` for embeddings that can't be compared.
    public init(
        embeddings: [Embedding?], identities: [String], worst: Int = 12
    ) throws(EvaluationError) {
        let photos = try EncodedPhotos(embeddings, identities)
        let genuineCount = photos.photosByIdentity.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        let keepsGenuine = genuineCount <= AllPairs.mostGenuineKept

        let found = photos.reduce(Tally(keepingGenuine: keepsGenuine, worst: max(0, worst))) { tally, i, j, distance in
            tally.add(
                distance, isGenuine: photos.identities[i] == photos.identities[j], first: photos.places[i],
                second: photos.places[j])
        } merge: {
            $0.merge($1)
        }
        let impostorCount = embeddings.count * (embeddings.count - 1) / 2 - genuineCount
        impostor = found.impostor.counts(of: impostorCount)
        if keepsGenuine {
            let refused = genuineCount - found.genuineKept.count
            genuine = DistanceCounts(found.genuineKept + repeatElement(.infinity, count: refused))
        } else {
            genuine = found.genuine.counts(of: genuineCount)
        }
        refusedPhotos = Proportion(embeddings.count - photos.rows.count, of: embeddings.count)
        farthestGenuine = found.farthest.sorted
        nearestImpostors = found.nearest.sorted
    }
}

/// What one worker found.
private struct Tally: Sendable {
    var impostor = DistanceBins()
    var genuine: DistanceBins
    var genuineKept: [Float] = []
    var nearest: WorstPairs
    var farthest: WorstPairs
    let keepsGenuine: Bool

    init(keepingGenuine: Bool, worst: Int) {
        keepsGenuine = keepingGenuine
        genuine = DistanceBins(isUsed: !keepingGenuine)
        nearest = WorstPairs(capacity: worst, sign: 1)
        farthest = WorstPairs(capacity: worst, sign: -1)
    }

    mutating func add(_ distance: Float, isGenuine: Bool, first: Int, second: Int) {
        if isGenuine {
            if keepsGenuine { genuineKept.append(distance) } else { genuine.add(distance) }
            farthest.offer(first, second, distance)
        } else {
            impostor.add(distance)
            nearest.offer(first, second, distance)
        }
    }

    mutating func merge(_ other: Tally) {
        impostor.merge(other.impostor)
        genuine.merge(other.genuine)
        genuineKept += other.genuineKept
        for pair in other.nearest.pairs { nearest.offer(pair.first, pair.second, pair.distance) }
        for pair in other.farthest.pairs { farthest.offer(pair.first, pair.second, pair.distance) }
    }
}
