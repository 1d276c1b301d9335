/// Two photos, and whether they show the same person.
public struct Pair: Hashable, Sendable, Codable {
    /// The photo's path, relative to the folder of photos, such as `Abel_Pacheco/Abel_Pacheco_0001.jpg`.
    public let first: String
    /// The other photo's path.
    public let second: String
    /// Whether both show one person. A pair of two persons is an *impostor* pair.
    public let isGenuine: Bool
    /// The fold that it belongs to, from 0.
    public let fold: Int

    public init(first: String, second: String, isGenuine: Bool, fold: Int = 0) {
        self.first = first
        self.second = second
        self.isGenuine = isGenuine
        self.fold = fold
    }
}
