/// The JSON schemas of the API's document (JSON Schema 2020-12).
enum Schema {
    static let text: JSON = ["type": "string"]
    static let nonEmptyText: JSON = ["type": "string", "minLength": 1]
    /// A person's or key's: white space at the ends doesn't count, and nothing in it is a control character. Of other
    /// characters that can't be shown, beyond Latin ones, the pattern doesn't speak.
    static let name: JSON = [
        "type": "string", "minLength": 1, "maxLength": 200,
        "pattern": .string(
            #"^[\t-\r \u0085\u00a0]*[^\u0000-\u0020\u007f-\u00a0\u00ad]"#
                + #"([^\u0000-\u001f\u007f-\u009f\u00ad]*[^\u0000-\u0020\u007f-\u00a0\u00ad])?"#
                + #"[\t-\r \u0085\u00a0]*$"#),
    ]
    /// Who somebody at the door claims to be.
    static let claim: JSON = ["type": "string", "maxLength": 200]
    static let number: JSON = ["type": "number"]
    static let integer: JSON = ["type": "integer"]
    static let count: JSON = ["type": "integer", "minimum": 0]
    static let offset: JSON = ["type": "integer", "minimum": 0, "maximum": .integer(largestOffset)]
    static let largestOffset = Int(Int32.max)
    static let flag: JSON = ["type": "boolean"]
    static let id: JSON = ["type": "string", "format": "uuid"]
    static let moment: JSON = ["type": "string", "format": "date-time"]
    /// A time or a day of a query; empty for none.
    static let moments: JSON = [
        "anyOf": [moment, ["type": "string", "format": "date"], ["type": "string", "maxLength": 0]]
    ]
    static let numbers = list(number)
    /// As many numbers as this model's embeddings have.
    static let embedding: JSON = ["$ref": "#/components/schemas/Embedding"]

    static func list(_ element: JSON) -> JSON { ["type": "array", "items": element] }

    static func optional(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

    /// One of some words.
    static func choice(_ words: [String]) -> JSON { ["type": "string", "enum": .array(words.map(JSON.string))] }

    /// - Parameters:
    ///   - members: Those that are always there.
    ///   - sometimes: Those that may be missing.
    static func object(_ members: [String: JSON], sometimes: [String: JSON] = [:]) -> JSON {
        [
            "type": "object", "properties": .object(members.merging(sometimes) { $1 }),
            "required": .array(members.keys.sorted().map(JSON.string)),
        ]
    }

    static let box = object([
        "probability": number, "x_min": integer, "y_min": integer, "x_max": integer, "y_max": integer,
    ])

    /// What every face of an answer may have, by the plugins and the status that were asked for.
    static let faceExtras: [String: JSON] = [
        "landmarks": list(list(integer)), "embedding": numbers, "quality": number,
        "pose": object(["pitch": number, "roll": number, "yaw": number]),
        "execution_time": object([:], sometimes: ["detector": number, "calculator": number]),
    ]

    /// How near something is to somebody.
    static let match: [String: JSON] = [
        "similarity": number, "distance": number, "threshold": number, "is_match": flag,
    ]

    static let error = object(["message": text, "code": integer])

    /// Of an answer of one result for each face.
    static func results(_ face: JSON) -> JSON {
        object(
            ["result": list(face)],
            sometimes: [
                "plugins_versions": object(
                    [:],
                    sometimes: [
                        "detector": text, "calculator": text,
                    ])
            ])
    }
}
