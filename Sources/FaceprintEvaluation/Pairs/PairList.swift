/// The pairs that an evaluation compares.
///
/// ```swift
/// let list = try PairList(lfw: "lfw/pairs.txt")
/// for photo in list.photos { … }
/// ```
public struct PairList: Hashable, Sendable {
    public let pairs: [Pair]

    /// The largest list that is read, in bytes.
    static let sizeLimit = 256 << 20

    public init(_ pairs: [Pair]) { self.pairs = pairs }

    /// The folds, counted as one more than the highest number.
    public var foldCount: Int { (pairs.map(\.fold).max() ?? -1) + 1 }

    /// Every photo that a pair names, once, in the order of first mention.
    public var photos: [String] {
        var known = Set<String>()
        return pairs.flatMap { [$0.first, $0.second] }.filter { known.insert($0).inserted }
    }
}
