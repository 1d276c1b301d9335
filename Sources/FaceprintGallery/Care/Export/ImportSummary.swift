/// What came of an import.
public struct ImportSummary: Equatable, Sendable {
    /// People whom the gallery hadn't had.
    public var people = 0
    /// Templates that the gallery hadn't had.
    public var templates = 0
    /// Templates that it had: of the same photo and person.
    public var known = 0
    /// Templates whose time was over.
    public var expired = 0
    /// How many lines could not be imported as they are.
    public var conflicts = 0

    public init(people: Int = 0, templates: Int = 0, known: Int = 0, expired: Int = 0, conflicts: Int = 0) {
        self.people = people
        self.templates = templates
        self.known = known
        self.expired = expired
        self.conflicts = conflicts
    }
}

/// A line that can't be imported as it is.
public struct ImportConflict: Equatable, Sendable, CustomStringConvertible {
    public let line: Int
    public let person: String
    public let error: GalleryError

    public var description: String { "line \(line), \(person.quoted): \(error)" }
}

/// How far an import is.
public struct ImportProgress: Sendable {
    /// Lines of templates that were read.
    public let done: Int
    /// How many there are, as the file says; not to be trusted.
    public let total: Int
}
