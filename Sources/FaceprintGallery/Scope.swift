/// What a key opens.
public enum Scope: String, CaseIterable, Codable, Hashable, Sendable {
    /// To ask who is on a photo.
    case recognise
    /// To add photos and people.
    case enrol
    /// All of both, and people, keys, the threshold and the log.
    case admin
    /// To stand at a door and ask whether it opens.
    case door
}
