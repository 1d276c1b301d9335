/// What an inspection of a gallery found.
public struct Inspection: Sendable {
    public internal(set) var people = 0
    public internal(set) var templates = 0
    public internal(set) var thumbnails = 0
    public internal(set) var events = 0
    /// The sequence of the log's first event: above 1 where older ones were pruned.
    public internal(set) var logStart = 1
    /// What is wrong, a line each, safe to be printed.
    public internal(set) var defects: [String] = []

    public var isIntact: Bool { defects.isEmpty }
}
