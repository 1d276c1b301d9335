import FaceprintGallery
import FaceprintInference
import Synchronization

/// A gallery as a service on the network.
///
/// ```swift
/// let application = Application(settings: settings, gallery: gallery, recognizer: recognizer)
/// let server = try Server(application, ListenerOptions())
/// print(server.address)
/// ```
public final class Server: Sendable {
    private struct Running {
        var listener: Listener
        var options: ListenerOptions
        var housekeeping: Housekeeping?
    }

    private let running: Mutex<Running>

    /// Begins to listen.
    ///
    /// - Throws: ``ServerError``.
    public init(_ application: Application, _ options: ListenerOptions) throws(ServerError) {
        let listener = try Self.listen(application, options, socket: nil)
        running = Mutex(Running(listener: listener, options: options, housekeeping: Housekeeping(application)))
    }

    deinit { stop() }

    /// Such as `http://127.0.0.1:8000`.
    public var address: String { running.withLock { Self.address(of: $0) } }

    /// Goes on with another application and other options, on the same socket: no connection is refused meanwhile, and
    /// requests that have arrived are answered by the old one.
    ///
    /// - Throws: ``ServerError``, also for another address or port; then the old one goes on.
    public func reload(_ application: Application, _ options: ListenerOptions) throws(ServerError) {
        try running.withLock { (running) throws(ServerError) in
            // The socket stays as it is, so whether it has to be protected is decided by where it really listens.
            guard (options.address, options.port) == (running.options.address, running.options.port) else {
                throw .otherAddress(running: Self.address(of: running))
            }
            // Of its own, so that the old listener keeps its socket until the new one has shown that it can listen.
            let socket = running.listener.duplicatedSocket()
            let listener = try Self.listen(application, options, socket: socket)
            running.listener.stop()
            running = Running(listener: listener, options: options, housekeeping: Housekeeping(application))
        }
    }

    /// Takes no more requests, answers those that have arrived, and returns.
    public func stop() {
        running.withLock { running in
            running.housekeeping = nil
            running.listener.stop()
        }
    }

    private static func address(of running: Running) -> String {
        let options = running.options
        let host = options.address.contains(":") ? "[\(options.address)]" : options.address
        return "\(options.tls == nil ? "http" : "https")://\(host):\(running.listener.port)"
    }

    private static func listen(
        _ application: Application, _ options: ListenerOptions, socket: CInt?
    ) throws(ServerError) -> Listener {
        try Listener(
            options, socket: socket, refusal: { error, address in application.refuse(error, from: address) },
            complaint: { application.note($0) }, handler: { application.respond(to: $0) })
    }
}
