import Foundation
import Synchronization

/// Gathers what several threads ask for at the same time into common runs, which are cheaper than one run each.
///
/// A run starts as soon as there is something to do and a place for it; what comes meanwhile waits together for the
/// next. So a lone caller never waits, and many share batches.
final class BatchQueue<Item: Sendable, Value: Sendable>: Sendable {
    private final class Call: @unchecked Sendable {
        let items: [Item]
        let done = DispatchSemaphore(value: 0)
        /// Written before `done` is signalled, read after it.
        var result: Result<[Value], any Error>?

        init(_ items: [Item]) { self.items = items }
    }

    private let limit: Int
    private let run: @Sendable ([Item]) throws -> [Value]
    private let waiting = Mutex<[Call]>([])
    private let workers: WorkerPool

    /// - Parameters:
    ///   - limit: The most items of a run, unless one call has more.
    ///   - runs: How many runs there may be at once.
    ///   - run: Gives one value an item, in their order.
    init(limit: Int, runs: Int, run: @escaping @Sendable ([Item]) throws -> [Value]) {
        self.limit = limit
        self.run = run
        workers = WorkerPool(threads: runs, name: "batch")
    }

    /// Waits for a run with these items in it.
    ///
    /// - Throws: What the run throws, to each call that shared it.
    func callAsFunction(_ items: [Item]) throws -> [Value] {
        guard !items.isEmpty else { return [] }
        let call = Call(items)
        waiting.withLock { $0.append(call) }
        workers.async { [self] in runNext() }
        call.done.wait()
        return try call.result!.get()
    }

    /// Calls that no run has taken yet.
    var waitingCount: Int { waiting.withLock { $0.count } }

    private func runNext() {
        let calls = takeBatch()
        // An earlier run took this call's along.
        guard !calls.isEmpty else { return }
        let result = Result { try run(calls.flatMap(\.items)) }
        var start = 0
        for call in calls {
            let range = start..<(start + call.items.count)
            call.result = result.map { Array($0[range]) }
            call.done.signal()
            start = range.upperBound
        }
    }

    private func takeBatch() -> [Call] {
        waiting.withLock { waiting in
            var count = 0
            var items = 0
            while count < waiting.count, count == 0 || items + waiting[count].items.count <= limit {
                items += waiting[count].items.count
                count += 1
            }
            defer { waiting.removeFirst(count) }
            return Array(waiting[..<count])
        }
    }
}
