import Dispatch
import Synchronization

/// Hands things to a body on a thread of its own, in their order and in groups: whatever came while it was busy.
///
/// So what comes alone is dealt with at once, and what comes faster than the body works is dealt with together.
final class Handover<Item: Sendable>: Sendable {
    private struct State {
        var waiting: [Item] = []
        var isBusy = false
        var error: (any Error)?
    }

    private let most: Int
    private let body: @Sendable ([Item]) throws -> Void
    private let queue = DispatchQueue(label: "handover")
    private let room: DispatchSemaphore
    private let state = Mutex(State())

    /// - Parameters:
    ///   - most: Items of a group.
    ///   - room: How many items may wait; whoever hands over more waits as well.
    ///   - body: After it has thrown it is not called again.
    init(most: Int, room: Int, _ body: @escaping @Sendable ([Item]) throws -> Void) {
        self.most = most
        self.room = DispatchSemaphore(value: room)
        self.body = body
    }

    /// - Parameter items: No more than there is room for.
    /// - Throws: What the body has thrown so far.
    func callAsFunction(_ items: [Item]) throws {
        for _ in items { room.wait() }
        let (isBusy, error) = state.withLock { state in
            defer { state.isBusy = true }
            state.waiting += items
            return (state.isBusy, state.error)
        }
        if !isBusy { queue.async { self.work() } }
        if let error { throw error }
    }

    /// Waits until all is dealt with.
    ///
    /// - Throws: What the body has thrown.
    func finish() throws {
        queue.sync {}
        if let error = state.withLock({ $0.error }) { throw error }
    }

    private func work() {
        while let (items, hasFailed) = next() {
            if !hasFailed {
                do { try body(items) } catch { state.withLock { $0.error = error } }
            }
            for _ in items { room.signal() }
        }
    }

    private func next() -> (items: [Item], hasFailed: Bool)? {
        state.withLock { state in
            let items = Array(state.waiting.prefix(most))
            state.waiting.removeFirst(items.count)
            state.isBusy = !items.isEmpty
            return items.isEmpty ? nil : (items, state.error != nil)
        }
    }
}
