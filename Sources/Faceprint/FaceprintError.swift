/// What can be wrong with the input of the domain's own functions.
public enum FaceprintError: Error, Equatable {
    /// A vector that can't be scaled to unit length.
    case notAnEmbedding(reason: String)
    /// Two embeddings made by different models or preprocessing, or of different lengths.
    case incomparable(String, String)
    /// A person without templates can't be compared with.
    case noTemplates
    /// Sizes that don't fit each other, such as a pixel count and an image's sides.
    case wrongShape(what: String, expected: String, found: String)
    /// A name that is not one of the known ones.
    case unknownName(kind: String, name: String, known: [String])
    /// A number outside its range.
    case outOfRange(what: String, value: String, allowed: String)
}

extension FaceprintError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnEmbedding(let reason):
            "this is not an embedding: \(reason)"
        case .incomparable(let first, let second):
            "embeddings of \(first) and of \(second) can't be compared; encode both with the same model and profile"
        case .noTemplates:
            "this person has no templates; enroll a photo first"
        case .wrongShape(let what, let expected, let found):
            "\(what): expected \(expected), found \(found)"
        case .unknownName(let kind, let name, let known):
            "there is no \(kind) named “\(name)”; known are \(known.joined(separator: ", "))"
        case .outOfRange(let what, let value, let allowed):
            "\(what) is \(value); allowed is \(allowed)"
        }
    }
}
