import Foundation

/// What a request is answered with.
public struct Response: Sendable {
    public var status: Int
    /// By their names as they are sent.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer of text or bytes of a media type.
    static func content(_ body: [UInt8], type: String, status: Int = 200) -> Response {
        Response(status: status, headers: [("Content-Type", type)], body: body)
    }

    /// An answer of JSON. Dates are ISO 8601.
    static func json(_ value: some Encodable, status: Int = 200) throws -> Response {
        let encoder = JSONEncoder()
        // Names as CompreFace's answers have them; those of dictionaries stay as they are.
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.iso8601)
        }
        return .content(Array(try encoder.encode(value)), type: "application/json", status: status)
    }

    static let noContent = Response(status: 204)

    /// The first value of that header.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension Date {
    /// `2026-11-24T09:30:00.250Z`.
    var iso8601: String { formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }
}
