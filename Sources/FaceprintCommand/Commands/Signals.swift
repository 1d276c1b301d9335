import Dispatch

/// Does something whenever a signal comes, from when this returns. Until then the signal has its ordinary effect.
func watch(
    _ number: CInt, _ queue: DispatchQueue, _ action: @escaping @Sendable () -> Void
) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    let isWatching = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isWatching.signal() }
    source.setEventHandler(handler: action)
    source.resume()
    isWatching.wait()
    return source
}
