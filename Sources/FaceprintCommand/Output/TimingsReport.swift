import Faceprint
import Foundation

/// Where a command's time went, for `--timings`.
enum TimingsReport {
    /// What the stages of this process took.
    static let timings = Timings()
    private static let start = ContinuousClock.now

    /// Begins to measure the whole command.
    static func begin() { _ = start }

    /// Prints the stages and how busy the cores were, on standard error.
    static func print() {
        let wall = (ContinuousClock.now - start) / .seconds(1)
        let cores = ProcessInfo.processInfo.activeProcessorCount
        Console.progress(
            text(timings.stages, wall: wall, processor: processorSeconds(), cores: cores) + "\n")
    }

    /// - Parameters:
    ///   - wall: Seconds from the command's start to its end.
    ///   - processor: Seconds of all cores together.
    static func text(_ stages: [Timings.Share], wall: Double, processor: Double, cores: Int) -> String {
        let total = stages.reduce(0) { $0 + $1.seconds }
        var table = Table("stage", "of", "ms each", "s in all", "share")
        for stage in stages {
            table.append(
                "\(stage.stage)", "\(stage.count)",
                String(format: "%.2f", stage.seconds / Double(stage.count) * 1_000),
                String(format: "%.2f", stage.seconds), String(format: "%.0f %%", stage.seconds / total * 100))
        }
        let busy = processor / wall / Double(cores)
        let end = String(
            format: "%.2f s from start to end, %.0f %% of the time of %d cores", wall, busy * 100, cores)
        return (table.lines + [end]).joined(separator: "\n")
    }

    /// Of this process, user's and system's.
    private static func processorSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}
