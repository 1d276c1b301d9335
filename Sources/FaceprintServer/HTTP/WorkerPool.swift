import Foundation
import Synchronization

/// Threads of the server's own, for work that waits on networks, disks and door hooks: never Swift's cooperative pool,
/// which has a thread a core and no more.
final class WorkerPool: Sendable {
    typealias Work = @Sendable () -> Void

    private let queue = Queue()
    private let threads: Int

    init(threads: Int, name: String) {
        self.threads = threads
        for number in 0..<threads {
            queue.running.enter()
            // The thread keeps the queue, not the pool: a pool that is let go ends its threads.
            let thread = Thread { [queue] in
                while let work = queue.next() { work() }
                queue.running.leave()
            }
            thread.name = "\(name) \(number)"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    deinit { end() }

    /// Does the work on one of the threads, in the order in which it comes. Nothing is taken after ``stop()``.
    func async(_ work: @escaping Work) { queue.add(work) }

    /// Waits until all that was taken is done, and ends the threads. Never to be called from one of them.
    func stop() {
        end()
        queue.running.wait()
    }

    private func end() {
        queue.isEnding.withLock { $0 = true }
        for _ in 0..<threads { queue.waiting.signal() }
    }

    private final class Queue: Sendable {
        let isEnding = Mutex(false)
        let waiting = DispatchSemaphore(value: 0)
        let running = DispatchGroup()
        private let work = Mutex<(items: [Work], next: Int)>(([], 0))

        func add(_ item: @escaping Work) {
            guard !isEnding.withLock({ $0 }) else { return }
            work.withLock { $0.items.append(item) }
            waiting.signal()
        }

        /// Waits for work; nil when there will be none.
        func next() -> Work? {
            waiting.wait()
            return work.withLock { work in
                guard work.next < work.items.count else { return nil }
                defer {
                    work.next += 1
                    // Now and then, so that taking the first of many costs nothing.
                    if work.next == work.items.count || work.next == 1024 {
                        work.items.removeFirst(work.next)
                        work.next = 0
                    }
                }
                return work.items[work.next]
            }
        }
    }
}
