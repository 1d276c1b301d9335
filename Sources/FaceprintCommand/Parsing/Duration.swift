import Foundation

extension Arguments {
    /// A time such as `90d`, `12h`, `2w` or `1y` (365 days), in seconds.
    ///
    /// - Throws: ``UsageError`` for another text, and for nothing or more than 1000 years.
    func duration(_ option: String) throws -> TimeInterval? {
        guard let text = string(option) else { return nil }
        let day = 86_400
        let units: [Character: Int] = ["m": 60, "h": 3600, "d": day, "w": 7 * day, "y": 365 * day]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()),
            text.first?.isWholeNumber == true, (1...1000 * 365 * day / unit).contains(count)
        else {
            throw UsageError("\(source(of: option)) is “\(text)”; allowed is such as 90d, 12h, 2w or 1y")
        }
        return TimeInterval(count * unit)
    }
}
