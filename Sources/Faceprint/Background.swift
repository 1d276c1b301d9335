import Dispatch
import Foundation
import Synchronization

/// Work that goes on beside the caller's until its value is asked for.
///
/// It ends before this does: whoever lets it go, as after another's error, waits for it. So nothing runs on, and nothing
/// that the work held is there still, while the process takes its libraries down.
package final class Background<Value: Sendable>: Sendable {
    private enum State: Sendable {
        case toDo(@Sendable () throws -> Value)
        case done(Result<Value, any Error>)
    }

    /// What the other thread has of this.
    private final class Work: Sendable {
        /// Nil while it is under way, and once nobody can ask for its value any more.
        let state: Mutex<State?>

        init(_ body: @escaping @Sendable () throws -> Value) { state = Mutex(.toDo(body)) }

        func exchange(_ new: State?) -> State? {
            state.withLock { state in
                defer { state = new }
                return state
            }
        }

        func run() {
            guard case .toDo(let body) = exchange(nil) else { return }
            _ = exchange(.done(Result { try body() }))
        }
    }

    private let work: Work
    private let ended = DispatchGroup()

    package init(_ body: @escaping @Sendable () throws -> Value) {
        work = Work(body)
        ended.enter()
        // A thread of its own: work may wait for other work, and of Dispatch's threads there are as few as cores at first.
        Thread.detachNewThread { [work, ended] in
            work.run()
            ended.leave()
        }
    }

    deinit {
        ended.wait()
        // The other thread may still hold the work, but not what came of it.
        _ = work.exchange(nil)
    }

    /// Waits for the work to end.
    package func value() throws -> Value {
        ended.wait()
        guard case .done(let result) = work.state.withLock({ $0 }) else { preconditionFailure("it has ended") }
        return try result.get()
    }
}
