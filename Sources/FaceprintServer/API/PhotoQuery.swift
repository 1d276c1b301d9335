import Faceprint
import Foundation

/// The parameters that the services for photos have in common: CompreFace's.
struct PhotoQuery {
    /// The most faces, the largest first; 0 for all.
    let limit: Int
    /// The least score of a face.
    let minimumScore: Float
    let plugins: Set<Plugin>
    /// Whether times and versions are wanted.
    let wantsStatus: Bool

    enum Plugin: String, CaseIterable {
        case landmarks, calculator, pose, quality
        /// Known to clients, and not computed here.
        case age, gender, mask
    }

    init(_ request: Request) throws(HTTPError) {
        limit = try request.integer("limit", in: 0...1_000) ?? 0
        minimumScore = try request.number("det_prob_threshold", in: 0...1) ?? 0
        wantsStatus = try request.flag("status") ?? false
        var plugins: Set<Plugin> = []
        for name in (request.query("face_plugins") ?? "").split(separator: ",") {
            guard let plugin = Plugin(rawValue: name.trimmingCharacters(in: .whitespaces)) else {
                throw .badRequest(
                    "“face_plugins” has “\(name)”; known are "
                        + Plugin.allCases.map(\.rawValue).joined(separator: ", "))
            }
            plugins.insert(plugin)
        }
        self.plugins = plugins
    }

    static let parameters: [Operation.Parameter] = [
        .init(
            name: "limit", summary: "The most faces, the largest first; 0 for all.",
            schema: ["type": "integer", "minimum": 0, "maximum": 1_000, "default": 0]),
        .init(
            name: "det_prob_threshold", summary: "The least score of a face.",
            schema: ["type": "number", "minimum": 0, "maximum": 1]),
        .init(
            name: "face_plugins",
            summary: "What else to say of each face, separated by commas: landmarks, calculator (the embedding), "
                + "pose, quality. The names age, gender and mask are accepted and give nothing.",
            schema: [
                "type": "string", "pattern": "^((landmarks|calculator|pose|quality|age|gender|mask)(,|$))*$",
            ]),
        .init(name: "status", summary: "Whether to add times and versions.", schema: Schema.flag),
    ]
}

extension Request {
    /// - Throws: ``HTTPError`` for a parameter that is no whole number in the range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(HTTPError) -> Int? {
        guard let text = query(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw .badRequest(
                "“\(name)” is “\(text)”; it has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// - Throws: ``HTTPError`` for a parameter that is no number in the range.
    func number(_ name: String, in range: ClosedRange<Float>) throws(HTTPError) -> Float? {
        guard let text = query(name) else { return nil }
        guard let value = Float(text), range.contains(value) else {
            throw .badRequest(
                "“\(name)” is “\(text)”; it has to be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// - Throws: ``HTTPError`` for a parameter that is neither true nor false.
    func flag(_ name: String) throws(HTTPError) -> Bool? {
        guard let text = query(name)?.lowercased() else { return nil }
        // Python's clients write True.
        guard ["true", "false"].contains(text) else {
            throw .badRequest("“\(name)” is “\(text)”; it has to be true or false")
        }
        return text == "true"
    }
}
