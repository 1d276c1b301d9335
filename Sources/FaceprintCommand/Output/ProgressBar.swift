import Foundation

/// How far long work is, with its rate and the time left: one line on a terminal's standard error. Elsewhere nothing, or
/// a line every so often.
struct ProgressBar {
    private let what: String
    private let total: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let isShown: Bool
    /// nil for never.
    private let interval: Duration?
    private var done = 0
    /// When the bar was drawn last, or the last line was written.
    private var lastSaid: ContinuousClock.Instant
    /// How much was done after how many seconds, at two moments: the rate is that since the first.
    private var marks = [(done: 0, seconds: 0.0), (done: 0, seconds: 0.0)]

    /// The rate is that of the last half minute to minute: work may go faster where some of it was done before.
    private static let secondsOfRate = 30.0

    /// - Parameters:
    ///   - what: What is counted, such as `photos`.
    ///   - interval: How often there is a line where standard error is no terminal; nil for never.
    init(_ what: String, of total: Int, saysEvery interval: Duration? = nil) {
        self.what = what
        self.total = total
        self.interval = interval
        start = clock.now
        lastSaid = start
        isShown = isatty(STDERR_FILENO) == 1 && total > 1
    }

    /// - Parameter note: What else there is to say, at the end of the line.
    mutating func advance(by count: Int = 1, note extra: String = "") {
        let now = clock.now
        let seconds = (now - start) / .seconds(1)
        note(count, seconds: seconds)
        if isShown {
            Console.progress("\r\u{1B}[K" + line(seconds: seconds) + (extra.isEmpty ? "" : ", " + extra))
        } else if let interval, now - lastSaid >= interval, done < total {
            lastSaid = now
            Console.error(text(seconds: seconds))
        }
    }

    /// Counts what was done until then, without drawing.
    mutating func note(_ count: Int, seconds: Double) {
        done += count
        if seconds - marks[1].seconds >= Self.secondsOfRate { marks = [marks[1], (done, seconds)] }
    }

    /// Takes the line away, so that what is printed next stands alone.
    func clear() {
        if isShown { Console.progress("\r\u{1B}[K") }
    }

    /// The line after that many seconds.
    func line(seconds: Double) -> String {
        let width = 24
        let filled = done < total ? Int(Double(width) * Double(done) / Double(total)) : width
        return String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled) + " "
            + text(seconds: seconds)
    }

    private func text(seconds: Double) -> String {
        let since = seconds - marks[0].seconds
        let rate = since > 0 ? Double(done - marks[0].done) / since : 0
        let left = rate > 0 ? Self.whole(((Double(total) - Double(done)) / rate).rounded(.up)) : 0
        let speed = rate < 10 ? String(format: "%.1f", rate) : String(Self.whole(rate.rounded()))
        return "\(done) of \(total) \(what), \(speed) a second, \(Self.duration(left)) left"
    }

    /// At least 0, and no more than anybody reads: a total may be what a file claims.
    private static func whole(_ value: Double) -> Int { Int(max(0, min(value, 1e15))) }

    /// For people, such as `3 min 5 s`.
    static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}
