import Dispatch
import Synchronization

/// Work that goes on beside the caller's until its value is asked for.
package final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let done = DispatchGroup()

    package init(_ work: @escaping @Sendable () throws -> Value) {
        DispatchQueue.global().async(group: done) { [self] in
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
        }
    }

    /// Waits for the work to end.
    package func value() throws -> Value {
        done.wait()
        return try result.withLock { $0! }.get()
    }
}
