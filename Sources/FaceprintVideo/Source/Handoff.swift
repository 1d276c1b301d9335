import Foundation

/// Passes items from one thread to another, in their order, a few at most at a time.
package final class Handoff<Item: Sendable>: @unchecked Sendable {
    private let capacity: Int
    // All below is touched under the condition's lock.
    private let condition = NSCondition()
    private var items: [Item] = []
    private var isClosed = false
    private var failure: (any Error)?

    /// - Parameter capacity: How many may wait, at least 1.
    package init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Waits until there is room.
    ///
    /// - Returns: Whether it was taken: not after ``close(throwing:)``.
    @discardableResult
    package func put(_ item: Item) -> Bool {
        locked {
            while items.count >= capacity, !isClosed { condition.wait() }
            return append(item)
        }
    }

    /// Takes the place of waiting items instead of waiting for room.
    ///
    /// - Parameter isOld: Which of those that wait go.
    /// - Returns: How many went.
    @discardableResult
    package func put(_ item: Item, insteadOf isOld: (Item) -> Bool) -> Int {
        locked {
            let before = items.count
            items.removeAll(where: isOld)
            defer { append(item) }
            return before - items.count
        }
    }

    /// The next one; nil when there will be none.
    ///
    /// - Throws: What it was closed with, after the last item.
    package func next() throws -> Item? {
        try locked {
            while items.isEmpty, !isClosed { condition.wait() }
            guard items.isEmpty else {
                defer { condition.broadcast() }
                return items.removeFirst()
            }
            if let failure { throw failure }
            return nil
        }
    }

    /// Says that no more will come, or be taken; what waits can still be had.
    package func close(throwing error: (any Error)? = nil) {
        locked {
            guard !isClosed else { return }
            isClosed = true
            failure = error
            condition.broadcast()
        }
    }

    @discardableResult
    private func append(_ item: Item) -> Bool {
        guard !isClosed else { return false }
        items.append(item)
        condition.broadcast()
        return true
    }

    private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
        condition.lock()
        defer { condition.unlock() }
        return try body()
    }
}
