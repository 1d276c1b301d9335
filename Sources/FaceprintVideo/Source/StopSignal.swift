import Dispatch
import Synchronization

/// Tells whoever reads a video, or waits to open it again, to stop.
public final class StopSignal: Sendable {
    private let flag = Atomic(false)
    private let waking = DispatchSemaphore(value: 0)

    public init() {}

    public var isSet: Bool { flag.load(ordering: .relaxed) }

    public func set() {
        flag.store(true, ordering: .relaxed)
        waking.signal()
    }

    /// Waits for that long, or until it is set. One thread may wait at a time.
    func wait(seconds: Double) {
        guard seconds > 0, !isSet else { return }
        if waking.wait(timeout: .now() + seconds) == .success { waking.signal() }
    }
}
