import Dispatch
import Synchronization

/// Until when FFmpeg may keep its caller waiting. It asks again and again while it opens, reads or closes.
final class Patience: Sendable {
    let stop: StopSignal
    private let deadline = Atomic(UInt64.max)

    init(_ stop: StopSignal) { self.stop = stop }

    func begin(seconds: Double) {
        deadline.store(DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9), ordering: .relaxed)
    }

    /// Whether the time is over, or nobody wants more.
    var isOver: Bool { stop.isSet || DispatchTime.now().uptimeNanoseconds > deadline.load(ordering: .relaxed) }

    /// As FFmpeg's callback gets it; whoever hands it over keeps this.
    var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    static func at(_ pointer: UnsafeMutableRawPointer?) -> Patience {
        Unmanaged<Patience>.fromOpaque(pointer!).takeUnretainedValue()
    }
}
