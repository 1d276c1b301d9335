import Dispatch
import Foundation

/// What a writer says of an operation: that it begins, or that the gallery has said that it is done.
struct StressLine: CustomStringConvertible {
    let writer: Substring
    let isDone: Bool
    /// In seconds, by a clock that all processes share.
    let time: Double
    let operation: StressOperation

    init(_ writer: String, isDone: Bool, _ operation: StressOperation) {
        self.writer = Substring(writer)
        self.isDone = isDone
        time = Self.now
        self.operation = operation
    }

    init?(_ text: Substring) {
        let parts = text.split(separator: " ", maxSplits: 3)
        guard parts.count == 4, let time = Double(parts[2]), let operation = StressOperation(parts[3]) else {
            return nil
        }
        (writer, isDone, self.time, self.operation) = (parts[0], parts[1] == "!", time, operation)
    }

    var description: String { "\(writer) \(isDone ? "!" : "?") \(time) \(operation)" }

    static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    /// By one call, so that the lines of several threads don't mix.
    func report() {
        let line = Array("\(self)\n".utf8)
        precondition(write(1, line, line.count) == line.count, "the one who listens is gone")
    }
}
