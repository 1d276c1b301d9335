import Faceprint

/// How far two tracks are apart, by the embeddings of their frames.
public enum TrackDistance: String, CaseIterable, Sendable {
    /// The mean over all pairs of a frame of one and a frame of the other, as the protocol of YouTube Faces has it.
    case mean
    /// That of the nearest pair of frames.
    case min
    /// That of the means of each track's embeddings, at unit length: what decides on a track that is watched.
    case averaged

    /// The L2 distance, 0…2; infinite where a track has no frame.
    ///
    /// - Throws: `FaceprintError` for embeddings that can't be compared.
    public func between(_ first: [Embedding], _ second: [Embedding]) throws -> Float {
        guard !first.isEmpty, !second.isEmpty else { return .infinity }
        if self == .averaged {
            return try euclideanDistance(try Embedding(meanOf: first), try Embedding(meanOf: second))
        }
        var (sum, least) = (0.0, Float.infinity)
        for one in first {
            for other in second {
                let distance = try euclideanDistance(one, other)
                sum += Double(distance)
                least = Swift.min(least, distance)
            }
        }
        return self == .min ? least : Float(sum / Double(first.count * second.count))
    }
}

extension PairMeasurement {
    /// Measures each pair of tracks.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - tracks: The embeddings of each track's frames, by the names that the list gives them; none for a track that no
    ///     face was found in, whose pairs are at an infinite distance.
    /// - Throws: ``EvaluationError/missingPhoto(_:)`` for a track that isn't there, and `FaceprintError` for embeddings
    ///   that can't be compared.
    public init(of list: PairList, tracks: [String: [Embedding]], by distance: TrackDistance) throws {
        @Sendable func frames(_ track: String) throws(EvaluationError) -> [Embedding] {
            guard let frames = tracks[track] else { throw .missingPhoto(track) }
            return frames
        }
        let measured = try concurrentMap(list.pairs) { pair in
            MeasuredPair(
                pair: pair, distance: try distance.between(try frames(pair.first), try frames(pair.second)))
        }
        let names = list.photos
        self.init(
            measured, refusedPhotos: Proportion(names.count { tracks[$0]?.isEmpty ?? true }, of: names.count))
    }
}
