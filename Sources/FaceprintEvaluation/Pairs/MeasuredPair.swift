import Faceprint

/// A pair and the distance of its embeddings.
public struct MeasuredPair: Hashable, Sendable {
    public let pair: Pair
    /// The L2 distance, 0…2, or infinite for a pair with a refused photo.
    public let distance: Float

    public init(pair: Pair, distance: Float) {
        self.pair = pair
        self.distance = distance
    }

    /// Whether a photo of it has no embedding: no threshold accepts it.
    public var isRefused: Bool { distance == .infinity }
}

/// The distances of a list of pairs.
public struct PairMeasurement: Hashable, Sendable {
    public let pairs: [MeasuredPair]
    /// Of the photos that the pairs name, those that no face was found on or that couldn't be encoded: failures to
    /// enroll or to acquire, in the words of ISO/IEC 19795-1.
    public let refusedPhotos: Proportion

    init(_ pairs: [MeasuredPair], refusedPhotos: Proportion) {
        self.pairs = pairs
        self.refusedPhotos = refusedPhotos
    }

    /// Measures each pair.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - embeddings: By photo, under the paths that the list names.
    ///   - refused: The photos that have no embedding. A pair with one of them is at an infinite distance.
    /// - Throws: ``EvaluationError/missingPhoto(_:)`` for a photo that is in neither,
    ///   ``EvaluationError/differentSpaces(_:_:)`` for embeddings that can't be compared.
    public init(
        of list: PairList, embeddings: [String: Embedding], refused: Set<String> = []
    ) throws(EvaluationError) {
        func embedding(of photo: String) throws(EvaluationError) -> Embedding? {
            if refused.contains(photo) { return nil }
            guard let embedding = embeddings[photo] else { throw .missingPhoto(photo) }
            return embedding
        }
        pairs = try list.pairs.map { pair throws(EvaluationError) in
            let first = try embedding(of: pair.first)
            let second = try embedding(of: pair.second)
            guard let first, let second else { return MeasuredPair(pair: pair, distance: .infinity) }
            do {
                return MeasuredPair(pair: pair, distance: try euclideanDistance(first, second))
            } catch {
                throw .differentSpaces("\(first.space)", "\(second.space)")
            }
        }
        let photos = list.photos
        refusedPhotos = Proportion(photos.count { refused.contains($0) }, of: photos.count)
    }

    /// The distances of genuine pairs.
    public var genuine: DistanceCounts { DistanceCounts(pairs.filter(\.pair.isGenuine).map(\.distance)) }
    /// The distances of impostor pairs.
    public var impostor: DistanceCounts { DistanceCounts(pairs.filter { !$0.pair.isGenuine }.map(\.distance)) }
}
