/// The paths of a route, such as `/api/v1/recognition/faces/{image_id}`.
struct PathPattern: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case fixed(String)
        case parameter(String)
    }

    /// As it was written.
    let text: String
    let parts: [Part]

    init(_ text: String) {
        self.text = text
        parts = text.split(separator: "/").map { part in
            part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .fixed(String(part))
        }
    }

    /// The values of the parameters in a path; nil for a path of another form.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(parts, path) {
            switch part {
            case .fixed(let text): guard text == segment else { return nil }
            case .parameter(let name): values[name] = segment
            }
        }
        return values
    }

    var parameterNames: [String] {
        parts.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}
