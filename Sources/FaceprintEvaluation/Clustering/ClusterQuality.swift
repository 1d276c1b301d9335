/// How well clusters of photos agree with the people whom the photos show.
///
/// ```swift
/// let quality = try ClusterQuality(assignments: clustering.assignments, identities: people)
/// print(quality.bCubed.f)
/// ```
public struct ClusterQuality: Hashable, Sendable, Codable {
    /// Two shares that a clustering trades against each other.
    public struct Agreement: Hashable, Sendable, Codable {
        /// Of what is together, how much belongs together: 0…1.
        public let precision: Double
        /// Of what belongs together, how much is together: 0…1.
        public let recall: Double
        /// The harmonic mean of both: 0…1.
        public let f: Double

        init(precision: Double, recall: Double) {
            self.precision = precision
            self.recall = recall
            f = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
        }
    }

    /// Over all pairs of photos: those in one cluster against those of one person. Large clusters weigh heavily. Where
    /// there is no pair of a kind, the share is 1: nothing is wrong.
    public let pairwise: Agreement
    /// The mean over the photos: what share of a photo's cluster shows its person, and what share of its person's photos
    /// is in its cluster, itself included (Bagga and Baldwin, *Entity-based cross-document coreferencing using the vector
    /// space model*, 1998; Amigó et al., *A comparison of extrinsic clustering evaluation metrics*, 2009).
    public let bCubed: Agreement
    public let photos: Int
    public let people: Int
    public let clusters: Int

    /// - Parameters:
    ///   - assignments: `[photos]`: the cluster of each.
    ///   - identities: `[photos]`: whom each shows.
    /// - Throws: ``EvaluationError/differentCounts(what:expected:found:)``, ``EvaluationError/noPhotos`` for none.
    public init(assignments: [Int], identities: [String]) throws(EvaluationError) {
        guard identities.count == assignments.count else {
            throw .differentCounts(what: "identities", expected: assignments.count, found: identities.count)
        }
        guard !assignments.isEmpty else { throw .noPhotos }
        struct Cell: Hashable {
            let cluster: Int
            let person: String
        }
        let cells = zip(assignments, identities).reduce(into: [:]) {
            $0[Cell(cluster: $1.0, person: $1.1), default: 0] += 1
        }
        let clusters = assignments.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let people = identities.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        func pairs(_ counts: some Collection<Int>) -> Double {
            counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
        }
        let right = pairs(cells.values)
        let (together, belonging) = (pairs(clusters.values), pairs(people.values))
        pairwise = Agreement(
            precision: together > 0 ? right / together : 1, recall: belonging > 0 ? right / belonging : 1)
        // Each photo of a cell has the same two shares.
        var (precision, recall) = (0.0, 0.0)
        for (cell, count) in cells {
            let squared = Double(count) * Double(count)
            precision += squared / Double(clusters[cell.cluster]!)
            recall += squared / Double(people[cell.person]!)
        }
        let photos = Double(assignments.count)
        bCubed = Agreement(precision: precision / photos, recall: recall / photos)
        self.photos = assignments.count
        self.people = people.count
        self.clusters = clusters.count
    }
}
