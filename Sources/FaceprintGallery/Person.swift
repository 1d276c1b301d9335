import Foundation

/// Somebody in a gallery.
public struct Person: Hashable, Sendable {
    /// As it is shown: Unicode normalisation form C, trimmed, one space where several stood.
    public let name: String
    /// How many templates this person has; 0 for somebody whose photos are still to come.
    public let templateCount: Int
    /// When this person's first template was enrolled or the person was added, to the millisecond.
    public let created: Date
    /// The number of the badge that this person carries, in the form of ``name``.
    public let badge: String?
    /// The groups that this person is in, sorted, in the form of ``name``.
    public let groups: [String]

    public init(name: String, templateCount: Int, created: Date, badge: String? = nil, groups: [String] = []) {
        self.name = name
        self.templateCount = templateCount
        self.created = created
        self.badge = badge
        self.groups = groups
    }

    /// Whether this person is in a group, in whatever case it is written.
    ///
    /// - Throws: ``GalleryError/invalidName(_:reason:)`` for a name that no group can have.
    public func isIn(_ group: String) throws(GalleryError) -> Bool {
        let key = try PersonName(group).key
        return groups.contains { (try? PersonName($0))?.key == key }
    }
}
