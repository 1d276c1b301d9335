/// A request that is answered with an error: `{"message": …, "code": …}`.
///
/// The codes 0 to 33 and 41 are CompreFace's, the others ours.
public struct HTTPError: Error, Equatable {
    public var status: Int
    public var code: Int
    /// What is wrong with the request and what to do.
    public var message: String
    /// After how many seconds to try again; nil where that is not the point.
    public var retryAfter: Int?
    /// What methods there are, for a wrong one.
    public var allowed: [String]

    init(_ status: Int, code: Int, _ message: String, retryAfter: Int? = nil, allowed: [String] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.allowed = allowed
    }
}

extension HTTPError {
    static func badRequest(_ message: String) -> HTTPError { HTTPError(400, code: 26, message) }

    static func missing(_ parameter: String) -> HTTPError {
        HTTPError(400, code: 33, "the parameter “\(parameter)” is missing")
    }

    static func missingPart(_ name: String) -> HTTPError {
        HTTPError(
            400, code: 33,
            "send the photo as “\(name)”, in multipart/form-data or in Base64 as a member of a JSON object")
    }

    static func notFound(_ message: String, code: Int = 50) -> HTTPError { HTTPError(404, code: code, message) }

    static let noSuchPage = HTTPError.notFound("there is nothing here; see /docs for what there is")

    static func wrongMethod(_ allowed: [String]) -> HTTPError {
        HTTPError(405, code: 51, "here it is \(allowed.joined(separator: ", "))", allowed: allowed)
    }

    static let noKey = HTTPError(401, code: 20, "send an API key in the header x-api-key, or log in at /login")
    static let wrongKey = HTTPError(401, code: 10, "this API key is unknown or was revoked; ask for another one")

    static func missingScope(_ scope: String) -> HTTPError {
        HTTPError(403, code: 52, "this API key may not do that: it needs the scope “\(scope)”")
    }

    static let missingToken = HTTPError(
        403, code: 53, "send the session's token in the header x-csrf-token; load the page again")

    static func tooLarge(limit: Int) -> HTTPError {
        HTTPError(413, code: 54, "the body is larger than \(limit) bytes; send a smaller photo")
    }

    static func wrongType(_ found: String) -> HTTPError {
        HTTPError(
            415, code: 55, "“\(found)” is not understood here; send multipart/form-data or application/json")
    }

    static func tooMany(_ message: String, retryAfter: Int) -> HTTPError {
        HTTPError(429, code: 56, message, retryAfter: max(retryAfter, 1))
    }

    static let busy = HTTPError(503, code: 57, "too much is being sent at once; try again soon", retryAfter: 1)

    static func conflict(_ message: String, code: Int = 58) -> HTTPError { HTTPError(409, code: code, message) }

    static func failed(_ message: String) -> HTTPError { HTTPError(500, code: 41, message) }
}

extension HTTPError {
    struct Body: Codable {
        let message: String
        let code: Int
    }

    var response: Response {
        var response =
            (try? Response.json(Body(message: message, code: code), status: status)) ?? Response(status: status)
        if let retryAfter { response.headers.append(("Retry-After", "\(retryAfter)")) }
        if !allowed.isEmpty { response.headers.append(("Allow", allowed.joined(separator: ", "))) }
        if status == 401 { response.headers.append(("WWW-Authenticate", "ApiKey")) }
        return response
    }
}
