/// A line that holds something.
struct ListLine {
    /// Counted from 1.
    let number: Int
    let text: Substring

    /// What stands between tabs, or between commas in a line without a tab; white space around it is left out.
    var fields: [Substring] {
        let separator: Character = text.contains("\t") ? "\t" : ","
        return text.split(separator: separator, omittingEmptySubsequences: false).map(\.trimmed)
    }

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

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...last]
    }
}
