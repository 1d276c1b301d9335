extension Arguments {
    /// A time such as `12h`, `90d`, `2w` or `1y` (365 days), in seconds.
    ///
    /// - Throws: ``UsageError`` for anything else, and for more than a thousand years.
    func duration(_ option: String) throws -> Int? {
        guard let text = string(option) else { return nil }
        guard let seconds = Self.seconds(of: text) else {
            throw UsageError(
                "\(source(of: option)) is “\(text)”; allowed is a number with m, h, d, w or y, as 12h, 90d, 1y")
        }
        return seconds
    }

    static func seconds(of text: String) -> Int? {
        let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000]
        guard let unit = text.last.flatMap({ units[$0] }), text.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
            let number = Int(text.dropLast())
        else { return nil }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow || !(1...31_536_000_000).contains(seconds) ? nil : seconds
    }
}

/// Seconds in the largest unit that gives a whole number, such as `90d`.
func formatted(seconds: Int) -> String {
    for (size, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] where seconds % size == 0 {
        return "\(seconds / size)\(unit)"
    }
    return "\(seconds)s"
}
