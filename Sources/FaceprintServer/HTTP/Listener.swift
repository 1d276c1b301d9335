import CMicrohttpd
import Foundation
import Synchronization

/// Takes HTTP requests from the network and has them answered, by GNU libmicrohttpd.
///
/// One thread of the daemon's reads and writes all connections; each request that has arrived whole is answered by a
/// worker while its connection is suspended.
final class Listener: @unchecked Sendable {
    typealias Handler = @Sendable (Request) -> Response
    /// Answers what never became a request, such as one that is too large.
    typealias Refusal = @Sendable (HTTPError, _ address: String) -> Response

    /// Takes what the HTTP library says of a connection.
    typealias Complaint = @Sendable (String) -> Void

    private let handler: Handler
    private let refusal: Refusal
    private let complaint: Complaint
    private let options: ListenerOptions
    private let workers: WorkerPool
    private let budget: BodyBudget
    private let slow: SlowConnections
    private let connections = DispatchGroup()
    /// Requests that have begun to arrive and whose answer isn't sent yet.
    private let open = DispatchGroup()
    /// When it is, answers end their connections.
    private let isStopping = Atomic(false)
    /// Whether requests are given to workers. Under its lock, so that none is after it was ended.
    private let isWorking = Mutex(true)
    private let socket: CInt
    private let logger = UnsafeMutablePointer<fp_mhd_logger>.allocate(capacity: 1)
    private var daemon: OpaquePointer?

    /// Begins to listen.
    ///
    /// - Parameter socket: One that listens already, to take over from another listener; nil to open one.
    /// - Throws: ``ServerError``.
    init(
        _ options: ListenerOptions, socket: CInt? = nil, refusal: @escaping Refusal,
        complaint: @escaping Complaint, handler: @escaping Handler
    ) throws(ServerError) {
        self.handler = handler
        self.complaint = complaint
        self.refusal = refusal
        self.options = options
        workers = WorkerPool(threads: options.workers, name: "request")
        budget = BodyBudget(options)
        slow = SlowConnections(seconds: options.seconds)
        if let socket { self.socket = socket } else { self.socket = try ListeningSocket.open(options) }
        logger.initialize(to: fp_mhd_logger(take: Self.log, context: Unmanaged.passUnretained(self).toOpaque()))
        daemon = start()
        guard daemon != nil else {
            close(self.socket)
            workers.stop()
            throw options.tls == nil
                ? .cannotListen(address: options.address, port: options.port, reason: "the HTTP library doesn't start")
                : .unusableCertificate
        }
    }

    deinit { logger.deallocate() }

    /// The port that it listens at.
    var port: UInt16 { daemon.map { fp_mhd_port($0) } ?? 0 }

    /// Another descriptor of the listening socket, for a listener that takes over.
    func duplicatedSocket() -> CInt? {
        guard daemon != nil else { return nil }
        let copy = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        return copy >= 0 ? copy : nil
    }

    /// Answers the requests that have arrived, as far as the time for a request allows, and closes everything.
    func stop() {
        guard let daemon else { return }
        isStopping.store(true, ordering: .relaxed)
        MHD_quiesce_daemon(daemon)
        close(socket)
        // Whoever has a connection may be about to send on it, and can't know yet.
        _ = connections.wait(timeout: .now() + .seconds(1))
        _ = open.wait(timeout: .now() + .seconds(options.seconds))
        // The library can't be stopped while a connection is suspended: from here on none is, and those that are will
        // be resumed by their workers.
        isWorking.withLock { $0 = false }
        workers.stop()
        MHD_stop_daemon(daemon)
        self.daemon = nil
    }

    // MARK: -

    /// GnuTLS' own choice but for TLS 1.0 and 1.1, which RFC 8996 forbids.
    private static let protocols = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

    private func start() -> OpaquePointer? {
        let me = Unmanaged.passUnretained(self).toOpaque()
        let begin:
            @convention(c) (
                UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?
            ) -> UnsafeMutableRawPointer? = { me, target, _ in
                let listener = Listener.from(me)
                let exchange = Exchange(target: target.map { String(cString: $0) } ?? "/", budget: listener.budget)
                listener.open.enter()
                return Unmanaged.passRetained(exchange).toOpaque()
            }
        let end: MHD_RequestCompletedCallback = { me, connection, exchange, _ in
            let listener = Listener.from(me)
            if let pointer = exchange?.pointee {
                Unmanaged<Exchange>.fromOpaque(pointer).release()
                listener.open.leave()
            }
            exchange?.pointee = nil
            if let connection { listener.slow.start(fp_mhd_socket(connection)) }
        }
        let notify: MHD_NotifyConnectionCallback = { me, connection, _, event in
            guard let connection else { return }
            let listener = Listener.from(me)
            let socket = fp_mhd_socket(connection)
            if event == .CONNECTION_NOTIFY_STARTED {
                listener.connections.enter()
                listener.slow.start(socket)
            } else {
                listener.slow.forget(socket)
                listener.connections.leave()
            }
        }
        // The library's own decoding would make a slash of %2F; ``Request`` decodes.
        let unescape:
            @convention(c) (
                UnsafeMutableRawPointer?, OpaquePointer?, UnsafeMutablePointer<CChar>?
            ) -> Int = { _, _, text in text.map { strlen($0) } ?? 0 }

        var items = [
            item(.LISTEN_SOCKET, Int(socket)),
            item(.CONNECTION_LIMIT, options.connectionLimit),
            item(.PER_IP_CONNECTION_LIMIT, options.connectionLimitPerAddress),
            item(.CONNECTION_TIMEOUT, options.seconds),
            item(.URI_LOG_CALLBACK, unsafeBitCast(begin, to: Int.self), me),
            item(.NOTIFY_COMPLETED, unsafeBitCast(end, to: Int.self), me),
            item(.NOTIFY_CONNECTION, unsafeBitCast(notify, to: Int.self), me),
            item(.UNESCAPE_CALLBACK, unsafeBitCast(unescape, to: Int.self)),
            item(.STRICT_FOR_CLIENT, 1),
        ]
        // By poll: with epoll the library misses the end of a client that comes at once with what it sent last, and
        // keeps the connection until its time is over.
        var flags =
            MHD_USE_POLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue | MHD_USE_ITC.rawValue
            | MHD_USE_ERROR_LOG.rawValue
        var texts: [UnsafeMutablePointer<CChar>?] = []
        defer { for text in texts { free(text) } }
        if let tls = options.tls {
            flags |= MHD_USE_TLS.rawValue
            texts = [strdup(tls.certificate), strdup(tls.key), strdup(Self.protocols)]
            items.append(item(.HTTPS_MEM_CERT, 0, texts[0]))
            items.append(item(.HTTPS_MEM_KEY, 0, texts[1]))
            items.append(item(.HTTPS_PRIORITIES, 0, texts[2]))
        }
        items.append(item(.END, 0))
        return fp_mhd_start(flags, 0, Self.access, me, logger, items)
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> Listener {
        Unmanaged<Listener>.fromOpaque(pointer!).takeUnretainedValue()
    }

    /// What is no HTTP at all the library refuses by itself, and this is where that is heard of.
    private static let log: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = { me, text in
        guard let text else { return }
        Listener.from(me).complaint(String(cString: text).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Called when a request's head is here, for each piece of its body, and when all is here; and again when a
    /// suspended connection goes on.
    private static let access: MHD_AccessHandlerCallback = { me, connection, _, method, _, data, size, context in
        guard let connection, let context, let size, let pointer = context.pointee else { return .NO }
        let listener = Listener.from(me)
        let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
        if !exchange.hasBegun {
            guard let error = exchange.begin(connection) else { return .YES }
            return listener.send(listener.refusal(error, connection.clientAddress()), to: connection)
        }
        if size.pointee > 0 {
            exchange.append(UnsafeRawBufferPointer(start: data, count: size.pointee))
            size.pointee = 0
            return .YES
        }
        if let response = exchange.response { return listener.send(response, to: connection) }
        return listener.isWorking.withLock { isWorking in
            guard isWorking else { return .NO }
            listener.answer(exchange, method.map { String(cString: $0) } ?? "", connection)
            return .YES
        }
    }

    private func answer(_ exchange: Exchange, _ method: String, _ connection: OpaquePointer) {
        let request = Result { () throws(HTTPError) in try exchange.request(method: method, from: connection) }
        slow.pause(fp_mhd_socket(connection))
        MHD_suspend_connection(connection)
        let address = connection.clientAddress()
        // The daemon keeps a suspended connection, and so the exchange.
        nonisolated(unsafe) let suspended = connection
        workers.async { [self] in
            switch request {
            case .success(let request): exchange.response = handler(request)
            case .failure(let error): exchange.response = refusal(error, address)
            }
            slow.start(fp_mhd_socket(suspended))
            MHD_resume_connection(suspended)
        }
    }

    private func send(_ response: Response, to connection: OpaquePointer) -> MHD_Result {
        let message = response.body.withUnsafeBytes { body in
            MHD_create_response_from_buffer(
                body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let message else { return .NO }
        defer { MHD_destroy_response(message) }
        for (name, value) in response.headers { MHD_add_response_header(message, name, value) }
        if isStopping.load(ordering: .relaxed) { MHD_add_response_header(message, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(response.status), message)
    }
}

private func item(
    _ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil
) -> MHD_OptionItem {
    MHD_OptionItem(option: option, value: value, ptr_value: pointer)
}
