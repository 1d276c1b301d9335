import CMicrohttpd
import Foundation
import Synchronization

/// Ends connections that take too long to send a request or to take an answer, byte after byte: libmicrohttpd's own
/// limit is only on silence.
final class SlowConnections: Sendable {
    /// nil while the server works on a request.
    private let deadlines = Mutex<[CInt: ContinuousClock.Instant?]>([:])
    private let allowed: Duration
    /// Made once, cancelled once.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init(seconds: Int) {
        allowed = .seconds(seconds)
        // A queue of its own has a thread when it needs one, however busy the shared ones are.
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "slow connections"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler { [weak self] in self?.endOverdue() }
        timer.resume()
    }

    deinit { timer.cancel() }

    /// A connection begins, has had its answer, or is to be given one: the time for the next step starts.
    func start(_ socket: CInt) { deadlines.withLock { $0[socket] = .some(.now + allowed) } }

    /// A request has arrived: the time doesn't count.
    func pause(_ socket: CInt) { deadlines.withLock { $0[socket] = .some(nil) } }

    /// A connection is closed: its socket's number may soon be another's.
    func forget(_ socket: CInt) { _ = deadlines.withLock { $0.removeValue(forKey: socket) } }

    private func endOverdue() {
        let now = ContinuousClock.now
        // Under the lock, so that no socket is closed and opened anew in between.
        deadlines.withLock { deadlines in
            for (socket, deadline) in deadlines {
                if let deadline, deadline < now { _ = shutdown(socket, CInt(SHUT_RDWR)) }
            }
        }
    }
}
