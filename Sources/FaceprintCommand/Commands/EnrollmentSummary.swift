import Foundation

/// What became of all photos that were to be enrolled.
struct EnrollmentSummary {
    private var people: Set<String> = []
    private var enrolled = 0
    private var known = 0
    private var refused: [RefusalReason: Int] = [:]
    private let start = ContinuousClock.now

    mutating func countEnrolled(_ person: String) {
        people.insert(person)
        enrolled += 1
    }

    mutating func countKnown(_ person: String) {
        people.insert(person)
        known += 1
    }

    mutating func countRefused(_ reason: RefusalReason) { refused[reason, default: 0] += 1 }

    var refusedCount: Int { refused.values.reduce(0, +) }

    func print() { lines(seconds: (ContinuousClock.now - start) / .seconds(1)).forEach(Console.line) }

    /// The last line is always there, those before it where they say something.
    func lines(seconds: Double) -> [String] {
        var lines: [String] = []
        if known > 0 { lines.append("already there: \(known), enrolled now: \(enrolled)") }
        if refusedCount > 0 {
            let reasons = refused.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            lines.append("refused: " + reasons.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", "))
        }
        let photos = enrolled + known
        // The time of a short run is mostly that in which the model is loaded.
        if seconds >= 10 {
            let rate = String(format: "%.1f", Double(photos + refusedCount) / seconds)
            lines.append("\(rate) photos a second, \(ProgressBar.duration(Int(seconds.rounded())))")
        }
        return lines + ["\(people.count) people, \(photos) photos; \(refusedCount) refused"]
    }
}
