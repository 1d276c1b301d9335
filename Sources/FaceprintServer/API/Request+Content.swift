import Foundation

extension Request {
    /// The bytes of a photo that was sent under a name: as a part of a form, or in Base64 in a JSON object.
    ///
    /// - Throws: ``HTTPError`` where there is none.
    func photo(_ name: String) throws(HTTPError) -> [UInt8] {
        switch body {
        case .form(let parts):
            guard let part = parts.first(where: { $0.name == name }) else { throw .missingPart(name) }
            return part.bytes
        case .bytes(let bytes):
            guard !bytes.isEmpty else { throw .missingPart(name) }
            guard contentType == "application/json" else { throw .wrongType(contentType) }
            let members = try json([String: JSONText].self)
            guard var text = members[name]?.value else { throw .missingPart(name) }
            // Of a data URL only the data.
            if text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") {
                text = String(text[text.index(after: comma)...])
            }
            guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
                throw .badRequest("“\(name)” is not Base64")
            }
            return Array(data)
        }
    }

    /// A text that stands beside a photo, in the form or in the JSON object.
    func text(_ name: String) throws(HTTPError) -> String? {
        switch body {
        case .form(let parts):
            guard let part = parts.first(where: { $0.name == name }) else { return nil }
            guard let text = String(validating: part.bytes, as: UTF8.self) else {
                throw .badRequest("“\(name)” is not UTF-8")
            }
            return text
        case .bytes(let bytes):
            return bytes.isEmpty ? nil : try json([String: JSONText].self)[name]?.value
        }
    }

    /// The body as JSON of a form.
    ///
    /// - Throws: ``HTTPError`` for a body that isn't.
    func json<Value: Decodable>(_ type: Value.Type) throws(HTTPError) -> Value {
        guard case .bytes(let bytes) = body, contentType == "application/json" else { throw .wrongType(contentType) }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .badRequest("the body is not the JSON that is expected here; see /docs")
        }
    }
}

/// A member of a JSON object that may hold others than texts, which don't matter.
private struct JSONText: Decodable {
    let value: String?

    init(from decoder: any Decoder) throws { value = try? decoder.singleValueContainer().decode(String.self) }
}
