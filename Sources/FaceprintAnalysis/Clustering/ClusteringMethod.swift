/// How faces are put together.
public enum ClusteringMethod: String, CaseIterable, Codable, Hashable, Sendable {
    /// Average linkage, as long as clusters are within the threshold on average: exact, for some ten thousand faces.
    case agglomerative
    /// Chinese whispers among faces within the threshold: for any number of faces.
    case whispers

    /// The one that suits so many faces.
    public static func standard(for count: Int) -> ClusteringMethod {
        count <= AverageLinkage.limit ? .agglomerative : .whispers
    }
}
