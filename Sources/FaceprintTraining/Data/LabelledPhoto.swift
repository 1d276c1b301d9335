/// A photo's file and whom it shows.
public struct LabelledPhoto: Hashable, Sendable {
    public var path: String
    public var person: String

    public init(path: String, person: String) {
        self.path = path
        self.person = person
    }
}
