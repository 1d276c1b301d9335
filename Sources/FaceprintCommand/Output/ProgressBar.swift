import Foundation

/// How far long work is, with its rate and the time left: one line on a terminal's standard error, none in a pipe.
struct ProgressBar {
    private let what: String
    private let total: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let isShown: Bool
    private var done = 0

    /// - Parameter what: What is counted, such as `photos`.
    init(_ what: String, of total: Int) {
        self.what = what
        self.total = total
        start = clock.now
        isShown = isatty(STDERR_FILENO) == 1 && total > 1
    }

    mutating func advance(by count: Int = 1) {
        done += count
        guard isShown else { return }
        Console.progress("\r\u{1B}[K" + line(seconds: (clock.now - start) / .seconds(1)))
    }

    /// Takes the line away, so that what is printed next stands alone.
    func clear() {
        if isShown { Console.progress("\r\u{1B}[K") }
    }

    /// The line after that many seconds.
    func line(seconds: Double) -> String {
        let width = 24
        let filled = total > 0 ? width * done / total : width
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
        let rate = seconds > 0 ? Double(done) / seconds : 0
        let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
        let speed = rate < 10 ? String(format: "%.1f", rate) : String(Int(rate.rounded()))
        return "\(bar) \(done) of \(total) \(what), \(speed) a second, \(Self.duration(left)) left"
    }

    private static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}
