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

/// A line that holds something.
struct ListLine {
    /// Counted from 1.
    let number: Int
    let text: Substring

    /// The lines of a list that hold more than white space.
    static func lines(of bytes: [UInt8], list: String) throws(EvaluationError) -> [ListLine] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .badList(list: list, reason: "it is not a text in UTF-8")
        }
        return text.drop { $0 == "\u{FEFF}" }
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
            .filter { !$0.element.allSatisfy(\.isWhitespace) }
            .map { ListLine(number: $0.offset + 1, text: $0.element) }
    }
}
