import Foundation

/// A line of an export: see `docs/export-format.md`.
enum ExportLine {
    case header(Header)
    case person(ExportedPerson)
    case template(ExportedTemplate)
    case end(End)

    struct Header: Codable {
        static let format = "faceprint gallery"
        static let version = 1

        var format = Header.format
        var version = Header.version
        let made: Date
        /// nil where nobody has a template.
        let space: Space?
        let people: Int
        let templates: Int
        /// Whether thumbnails are in it.
        let photos: Bool
        let identificationThreshold: Float?

        struct Space: Codable {
            let model: String
            let modelSHA256: String
            let profile: String
            let dimension: Int

            enum CodingKeys: String, CodingKey {
                case model, profile, dimension
                case modelSHA256 = "model_sha256"
            }
        }

        enum CodingKeys: String, CodingKey {
            case format, version, made, space, people, templates, photos
            case identificationThreshold = "identification_threshold"
        }
    }

    struct End: Codable {
        let people: Int
        let templates: Int
    }
}

struct ExportedPerson: Codable {
    /// How many groups a line may name.
    static let groupLimit = 1000

    let name: String
    let created: Date
    let badge: String?
    let groups: [String]?
}

struct ExportedTemplate: Codable {
    let id: UUID
    let person: String
    /// Little-endian 32-bit floats.
    let embedding: Data
    let photoSHA256: String
    let created: Date
    let quality: Float?
    let expires: Date?
    /// A JPEG file.
    let thumbnail: Data?

    enum CodingKeys: String, CodingKey {
        case id, person, embedding, created, quality, expires, thumbnail
        case photoSHA256 = "photo_sha256"
    }
}

extension ExportLine: Codable {
    private enum Kind: String, Codable { case header, person, template, end }
    private enum CodingKeys: CodingKey { case type }

    init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .type) {
        case .header: self = .header(try Header(from: decoder))
        case .person: self = .person(try ExportedPerson(from: decoder))
        case .template: self = .template(try ExportedTemplate(from: decoder))
        case .end: self = .end(try End(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .header(let header):
            try container.encode(Kind.header, forKey: .type)
            try header.encode(to: encoder)
        case .person(let person):
            try container.encode(Kind.person, forKey: .type)
            try person.encode(to: encoder)
        case .template(let template):
            try container.encode(Kind.template, forKey: .type)
            try template.encode(to: encoder)
        case .end(let end):
            try container.encode(Kind.end, forKey: .type)
            try end.encode(to: encoder)
        }
    }
}

extension ExportLine {
    /// The longest line, in bytes: the largest thumbnail and the longest embedding in base64, and room for the rest.
    static let limit = 1 << 19

    /// For dates in UTC with milliseconds, such as `2026-11-23T08:30:07.250Z`.
    private static let dates = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            // The format cuts what is beyond a millisecond off, and most dates are a little below theirs.
            try container.encode(date.addingTimeInterval(0.0001).formatted(dates))
        }
        return encoder
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = (try? dates.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text.quoted) is no date")
            }
            return date
        }
        return decoder
    }
}

extension DecodingError {
    /// What is wrong, in a few words.
    var reason: String {
        switch self {
        case .keyNotFound(let key, _): "it has no \(key.stringValue.quoted)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\((context.codingPath.last?.stringValue ?? "").quoted) is something else than it has to be"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is no JSON" : context.debugDescription.printable(limit: 200)
        @unknown default: "it is no line of an export"
        }
    }
}
