import CMicrohttpd
import Synchronization

/// A request that is arriving, and then its answer; the daemon's thread or a worker has it, never both at once.
final class Exchange: @unchecked Sendable {
    private enum Arrival {
        case bytes([UInt8])
        case form(FormReader)
        /// What comes is thrown away; the error is the answer.
        case refused(HTTPError)
    }

    private let target: String
    private let budget: BodyBudget
    private var arrival: Arrival?
    private var arrived = 0
    /// Set by the worker before it resumes the connection.
    var response: Response?

    init(target: String, budget: BodyBudget) {
        self.target = target
        self.budget = budget
    }

    deinit { budget.release(arrived) }

    /// Whether the request's head has been seen.
    var hasBegun: Bool { arrival != nil }

    /// Takes the request's head.
    ///
    /// - Returns: An error to answer at once, without reading the body.
    func begin(_ connection: OpaquePointer) -> HTTPError? {
        let type = connection.header("content-type")?.lowercased() ?? ""
        arrival =
            type.hasPrefix("multipart/form-data")
            ? FormReader(connection).map(Arrival.form)
                ?? .refused(.badRequest("the form's Content-Type has no boundary"))
            : .bytes([])
        let length = connection.header("content-length").flatMap { Int($0) } ?? 0
        return length > budget.limitOfOne ? .tooLarge(limit: budget.limitOfOne) : nil
    }

    /// Takes a piece of the body.
    func append(_ piece: UnsafeRawBufferPointer) {
        guard let arrival else { return }
        if case .refused = arrival { return }
        guard arrived + piece.count <= budget.limitOfOne else {
            return refuse(.tooLarge(limit: budget.limitOfOne))
        }
        guard budget.take(piece.count) else { return refuse(.busy) }
        arrived += piece.count
        switch arrival {
        case .bytes(var bytes):
            // The only reference, so that appending doesn't copy.
            self.arrival = .bytes([])
            bytes.append(contentsOf: piece)
            self.arrival = .bytes(bytes)
        case .form(let reader):
            if !reader.read(piece) { refuse(.badRequest("the form is malformed")) }
        case .refused:
            break
        }
    }

    /// The request, when all of it has arrived.
    func request(method: String, from connection: OpaquePointer) throws(HTTPError) -> Request {
        let body: Request.Body
        switch arrival {
        case .refused(let error): throw error
        case .bytes(let bytes): body = .bytes(bytes)
        case .form(let reader):
            guard let parts = reader.finish() else { throw .badRequest("the form ends before its last boundary") }
            body = .form(parts)
        case nil: body = .bytes([])
        }
        return try Request(
            method, target, headers: connection.headers(), body: body, address: connection.clientAddress(),
            user: LocalSocket.user(of: fp_mhd_socket(connection)))
    }

    private func refuse(_ error: HTTPError) { arrival = .refused(error) }
}

/// How much of requests' bodies may be in memory at once.
final class BodyBudget: Sendable {
    let limitOfOne: Int
    private let limit: Int
    private let used = Atomic(0)

    init(_ options: ListenerOptions) {
        limitOfOne = options.bodyLimit
        limit = options.bodiesLimit
    }

    /// - Returns: Whether there was room.
    func take(_ bytes: Int) -> Bool {
        guard used.add(bytes, ordering: .relaxed).newValue > limit else { return true }
        used.subtract(bytes, ordering: .relaxed)
        return false
    }

    func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }
}
