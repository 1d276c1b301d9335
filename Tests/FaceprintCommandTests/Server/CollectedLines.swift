import Foundation
import TestSupport

/// The lines of a pipe, taken by a thread of their own as they come, so that the pipe never fills up.
final class CollectedLines: @unchecked Sendable {
    private let condition = NSCondition()
    /// Under the condition's lock.
    private var lines: [String] = []
    private var taken = 0
    private var hasEnded = false

    init(_ handle: FileHandle) {
        Thread.detachNewThread { [self] in
            var reader = LineReader(handle)
            while let line = reader.next() { change { lines.append(String(line)) } }
            change { hasEnded = true }
        }
    }

    /// Waits for the next line that wasn't asked for yet; nil at the end.
    func next() -> String? {
        condition.withLock {
            while taken == lines.count, !hasEnded { condition.wait() }
            guard taken < lines.count else { return nil }
            defer { taken += 1 }
            return lines[taken]
        }
    }

    /// Every line so far.
    var all: String { condition.withLock { lines.map { $0 + "\n" }.joined() } }

    func waitForEnd() {
        condition.withLock { while !hasEnded { condition.wait() } }
    }

    private func change(_ body: () -> Void) {
        condition.withLock {
            body()
            condition.broadcast()
        }
    }
}
