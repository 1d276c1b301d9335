import Faceprint

/// The error rates within one group of photos, at the threshold that holds for all.
///
/// Pairs are of two photos of the group. Impostors of one group resemble each other more than strangers at large
/// (Grother, Ngan and Hanaoka, *Face Recognition Vendor Test part 3: demographic effects*, NISTIR 8280, 2019), so
/// the groups' FMRs are usually above that of all pairs.
public struct GroupRates: Hashable, Sendable, Codable {
    public let group: String
    /// The photos of the group, and those of them that have no embedding.
    public let refusedPhotos: Proportion
    /// The rates; a ``Proportion`` of none where the group has no such pairs.
    public let point: OperatingPoint

    /// Measures all pairs within each group.
    ///
    /// - Parameters:
    ///   - embeddings: One a photo; nil for one that has none.
    ///   - identities: Whom each photo shows.
    ///   - groups: The label of each photo.
    ///   - threshold: The largest L2 distance that is accepted.
    /// - Returns: One for each label, by label.
    /// - Throws: ``EvaluationError/differentCounts(what:expected:found:)``,
    ///   ``EvaluationError/differentSpaces(_:_:)``, ``EvaluationError/outOfRange(what:value:allowed:)``.
    public static func measure(
        embeddings: [Embedding?], identities: [String], groups: [String], threshold: Float
    ) throws(EvaluationError) -> [GroupRates] {
        guard groups.count == embeddings.count else {
            throw .differentCounts(what: "groups", expected: embeddings.count, found: groups.count)
        }
        guard identities.count == embeddings.count else {
            throw .differentCounts(what: "identities", expected: embeddings.count, found: identities.count)
        }
        try requireThreshold(threshold)
        try requireOneSpace(embeddings)
        return try Dictionary(grouping: groups.indices) { groups[$0] }
            .sorted { $0.key < $1.key }
            .map { group, places throws(EvaluationError) in
                let photos = try EncodedPhotos(places.map { embeddings[$0] }, places.map { identities[$0] })
                return GroupRates(group: group, photos: photos, count: places.count, threshold: threshold)
            }
    }

    private init(group: String, photos: EncodedPhotos, count: Int, threshold: Float) {
        let accepted = photos.reduce((genuine: 0, impostor: 0)) { accepted, i, j, distance in
            guard distance <= threshold else { return }
            if photos.identities[i] == photos.identities[j] { accepted.genuine += 1 } else { accepted.impostor += 1 }
        } merge: {
            $0.genuine += $1.genuine
            $0.impostor += $1.impostor
        }
        let genuine = photos.photosByIdentity.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        let impostor = count * (count - 1) / 2 - genuine
        self.group = group
        refusedPhotos = Proportion(count - photos.rows.count, of: count)
        point = OperatingPoint(
            threshold: threshold, fmr: Proportion(accepted.impostor, of: impostor),
            fnmr: Proportion(genuine - accepted.genuine, of: genuine))
    }
    /// Measures the pairs of a list, each in the group that both of its photos belong to.
    ///
    /// - Parameters:
    ///   - refused: The photos that have no embedding.
    ///   - groups: Labels by photo.
    ///   - threshold: The largest L2 distance that is accepted.
    /// - Returns: One for each label, by label.
    /// - Throws: ``EvaluationError/outOfRange(what:value:allowed:)``.
    public static func measure(
        _ pairs: [MeasuredPair], refused: Set<String>, groups: [String: String], threshold: Float
    ) throws(EvaluationError) -> [GroupRates] {
        try requireThreshold(threshold)
        let within = Dictionary(
            grouping: pairs.filter { groups[$0.pair.first] == groups[$0.pair.second] }
        ) { groups[$0.pair.first] }
        return Dictionary(grouping: groups.keys) { groups[$0] ?? "" }
            .sorted { $0.key < $1.key }
            .map { group, photos in
                GroupRates(
                    group: group, refusedPhotos: Proportion(photos.count { refused.contains($0) }, of: photos.count),
                    pairs: within[group] ?? [], threshold: threshold)
            }
    }

    private init(group: String, refusedPhotos: Proportion, pairs: [MeasuredPair], threshold: Float) {
        self.group = group
        self.refusedPhotos = refusedPhotos
        let genuine = pairs.filter(\.pair.isGenuine)
        let impostor = pairs.filter { !$0.pair.isGenuine }
        point = OperatingPoint(
            threshold: threshold,
            fmr: Proportion(impostor.count { $0.distance <= threshold }, of: impostor.count),
            fnmr: Proportion(genuine.count { $0.distance > threshold }, of: genuine.count))
    }
}
