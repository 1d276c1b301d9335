import Foundation
import Synchronization

/// Answers the command line of this machine at a Unix domain socket.
///
/// ```swift
/// let server = try ResidentServer(recognition, socket: "/var/lib/faceprint/serve.sock", ListenerOptions())
/// ```
public final class ResidentServer: Sendable {
    private let path: String
    /// Of the socket's file, which another server may have replaced by the end.
    private let file: FileIdentity?
    private let recognition: Mutex<ResidentRecognition>
    private let listener: Mutex<Listener?>

    private struct FileIdentity: Equatable {
        let device: dev_t
        let number: ino_t

        init?(_ path: String) {
            var information = stat()
            guard lstat(path, &information) == 0 else { return nil }
            (device, number) = (information.st_dev, information.st_ino)
        }
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - path: Of the socket. Its file is for this process' user alone, and is removed at the end.
    ///   - options: The limits; address and TLS aren't used.
    /// - Throws: ``ServerError/noSocket(path:reason:)``.
    public init(
        _ recognition: ResidentRecognition, socket path: String, _ options: ListenerOptions,
        log: ServerLog = ServerLog(.off)
    ) throws(ServerError) {
        var options = options
        options.tls = nil
        // One reads while the networks work for another.
        options.workers = 2
        options.connectionLimit = min(options.connectionLimit, 64)
        let socket = try LocalSocket.listen(at: path)
        self.path = path
        file = FileIdentity(path)
        self.recognition = Mutex(recognition)
        listener = Mutex(nil)
        do {
            let running = try Listener(
                options, socket: socket, refusal: { error, _ in error.response },
                complaint: { log.write("connection", ["reason": $0]) },
                handler: { [weak self] in self?.respond(to: $0, log) ?? HTTPError.busy.response })
            listener.withLock { $0 = running }
        } catch {
            unlink(path)
            throw .noSocket(path: path, reason: "the HTTP library doesn't start")
        }
    }

    deinit { stop() }

    /// Goes on with another model or other settings, at the same socket.
    public func reload(_ new: ResidentRecognition) { recognition.withLock { $0 = new } }

    /// Answers what has arrived, and removes the socket's file.
    public func stop() {
        listener.withLock { listener in
            guard let running = listener else { return }
            if file != nil, file == FileIdentity(path) { unlink(path) }
            running.stop()
            listener = nil
        }
    }

    private func respond(to request: Request, _ log: ServerLog) -> Response {
        let start = ContinuousClock.now
        let response = recognition.withLock { $0 }.respond(to: request)
        let milliseconds = String(format: "%.1f", (ContinuousClock.now - start) / .milliseconds(1))
        log.write("command", ["status": "\(response.status)", "ms": milliseconds])
        return response
    }
}
