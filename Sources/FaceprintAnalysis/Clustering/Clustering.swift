/// Faces put together by person, as far as their embeddings say.
public struct Clustering: Hashable, Sendable {
    /// `[faces]`: the number of each face's cluster. The largest cluster has number 0; of equally large ones the one
    /// whose first face comes first.
    public let assignments: [Int]
    /// `[clusters]`: the faces of each, in their order.
    public let members: [[Int]]

    /// - Parameter labels: `[faces]`: any number for each face, the same for those that belong together.
    public init(labels: [Int]) {
        let groups = Dictionary(grouping: labels.indices) { labels[$0] }.values
        members = groups.sorted { $0.count == $1.count ? $0[0] < $1[0] : $0.count > $1.count }
        var assignments = [Int](repeating: 0, count: labels.count)
        for (number, faces) in members.enumerated() {
            for face in faces { assignments[face] = number }
        }
        self.assignments = assignments
    }
}
