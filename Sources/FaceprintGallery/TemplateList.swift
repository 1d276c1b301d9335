import Foundation

/// A template in a list: whose it is, without what it holds.
public struct TemplateEntry: Hashable, Sendable {
    public let id: UUID
    public let person: String
    /// 0…100; nil where it wasn't judged.
    public let quality: Float?
    public let created: Date
}

/// A part of a list of templates.
public struct TemplateList: Hashable, Sendable {
    public let entries: [TemplateEntry]
    /// How many there are in all.
    public let total: Int
}
