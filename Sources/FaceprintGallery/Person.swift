import Foundation

/// Somebody in a gallery.
public struct Person: Hashable, Sendable {
    /// As it is shown: Unicode normalisation form C, trimmed, one space where several stood.
    public let name: String
    /// How many templates this person has; at least one.
    public let templateCount: Int
    /// When this person's first template was enrolled, to the millisecond.
    public let created: Date

    public init(name: String, templateCount: Int, created: Date) {
        self.name = name
        self.templateCount = templateCount
        self.created = created
    }
}
