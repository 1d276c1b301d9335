import Foundation

/// An HTTP request that has arrived whole.
public struct Request: Sendable {
    /// Such as `GET`, in capitals.
    public var method: String
    /// The path's parts between the slashes, decoded: `/a/b%20c` is `["a", "b c"]`.
    public var path: [String]
    /// The values of the query, decoded, by their names in their order.
    public var query: [(name: String, value: String)]
    /// By their names in lower case; of several of a name the first.
    public var headers: [String: String]
    public var body: Body
    /// Of the client: an IP address without a port.
    public var address: String
    /// The number of the user whose process is at the other end of a Unix domain socket; nil for other connections.
    public var user: UInt32?

    public enum Body: Sendable {
        case bytes([UInt8])
        /// The parts of `multipart/form-data`, or the fields of a form.
        case form([FormPart])
    }

    /// - Parameters:
    ///   - target: Path and query as they stand in the request's first line.
    /// - Throws: ``HTTPError`` for a target that can't be decoded.
    public init(
        _ method: String, _ target: String, headers: [String: String] = [:], body: Body = .bytes([]),
        address: String = "127.0.0.1", user: UInt32? = nil
    ) throws(HTTPError) {
        // A host in front makes a target of two slashes a path, which it is here.
        guard target.hasPrefix("/"),
            let parts = URLComponents(string: "http://host" + target, encodingInvalidCharacters: false)
        else { throw .badRequest("the address of the request is malformed") }
        self.method = method
        var segments: [String] = []
        for part in parts.percentEncodedPath.split(separator: "/") {
            segments.append(try Self.decoded(part, of: "path"))
        }
        path = segments
        query = []
        for item in parts.percentEncodedQueryItems ?? [] {
            let value = (item.value ?? "").replacing("+", with: " ")
            query.append((try Self.decoded(item.name, of: "query"), try Self.decoded(value, of: "query")))
        }
        self.headers = headers
        self.body = body
        self.address = address
        self.user = user
    }

    private static func decoded(_ text: some StringProtocol, of place: String) throws(HTTPError) -> String {
        guard let decoded = text.removingPercentEncoding else {
            throw .badRequest("the \(place) of the request is not percent-encoded UTF-8")
        }
        guard !decoded.contains("\0") else { throw .badRequest("the \(place) of the request has a zero byte in it") }
        return decoded
    }

    /// The first value of that name in the query.
    public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The media type of the body in lower case, without parameters.
    var contentType: String {
        let header = headers["content-type"] ?? ""
        return header.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
}

/// A field or a file of a form.
public struct FormPart: Sendable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
