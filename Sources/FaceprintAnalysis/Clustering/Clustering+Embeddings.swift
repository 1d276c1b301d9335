import Faceprint

extension Clustering {
    /// Puts faces together by person: those whose embeddings lie within a threshold of each other.
    ///
    /// FaceNet's paper clusters so, agglomeratively and up to a threshold (Schroff, Kalenichenko and Philbin, 2015,
    /// section 5.5). With average linkage a cluster hangs together by pairs within the threshold, so parts that no such
    /// pair connects are clustered by themselves, with the same result.
    ///
    /// ```swift
    /// let clustering = try Clustering(of: embeddings, threshold: model.thresholds.identification)
    /// for faces in clustering.members where faces.count > 1 { print(faces) }
    /// ```
    ///
    /// - Parameters:
    ///   - embeddings: `[faces]`, all of one space.
    ///   - threshold: An L2 distance, above 0 and at most 2.
    ///   - method: nil for the one that suits the number of faces.
    ///   - seed: What the order of Chinese whispers follows from; the same seed gives the same clusters.
    /// - Throws: ``AnalysisError/differentSpaces(_:_:)``, ``AnalysisError/outOfRange(what:value:allowed:)`` for a
    ///   threshold that is none, ``AnalysisError/tooManyLinked(found:limit:)`` of the agglomerative method.
    public init(
        of embeddings: [Embedding], threshold: Float, method: ClusteringMethod? = nil, seed: UInt64 = 1
    ) throws(AnalysisError) {
        guard threshold > 0, threshold <= 2 else {
            throw .outOfRange(what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, above 0 to 2")
        }
        guard !embeddings.isEmpty else {
            self.init(labels: [])
            return
        }
        try requireOneSpace(embeddings)
        let rows = embeddings.map(\.values)
        switch method ?? .standard(for: rows.count) {
        case .agglomerative: try self.init(linking: rows, threshold: threshold)
        case .whispers: self.init(whispering: rows, threshold: threshold, seed: seed)
        }
    }

    private init(linking rows: [[Float]], threshold: Float) throws(AnalysisError) {
        var labels = NeighbourSearch(rows, threshold: threshold).components()
        let components = Dictionary(grouping: labels.indices) { labels[$0] }.values
        let largest = components.lazy.map(\.count).max() ?? 0
        guard largest <= AverageLinkage.limit else {
            throw .tooManyLinked(found: largest, limit: AverageLinkage.limit)
        }
        for faces in components where faces.count > 1 {
            var linkage = AverageLinkage(faces.map { rows[$0] })
            for (face, label) in zip(faces, linkage.labels(threshold: threshold)) { labels[face] = faces[label] }
        }
        self.init(labels: labels)
    }

    private init(whispering rows: [[Float]], threshold: Float, seed: UInt64) {
        let search = NeighbourSearch(rows, threshold: threshold)
        self.init(labels: ChineseWhispers(search, count: rows.count, threshold: threshold).labels(seed: seed))
    }
}
