/// Something that knows the templates of many people, and finds the nearest ones to a probe: a ``TemplateIndex`` in
/// memory, or a database.
public protocol TemplateSearch {
    /// What made the templates.
    var space: EmbeddingSpace { get }

    /// The people nearest to each of many probes, nearest first: by the mean distance to the nearest few of each one's
    /// templates; of equal ones, whose nearest template is nearer, or else has the lesser id.
    ///
    /// - Parameters:
    ///   - probes: The embeddings of photos.
    ///   - wanted: How many people, at least 1.
    ///   - nearestTemplates: How many templates of a person count, at least 1; all of a person who has fewer.
    ///   - groups: Only people in one of these groups are looked for; nil for everybody.
    /// - Returns: For each probe the same as for it alone.
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when a probe was made by another model or profile, or what
    ///   keeps the templates from being read.
    func nearestPeople(
        to probes: [Embedding], count wanted: Int, nearestTemplates: Int, among groups: Set<String>?
    ) throws -> [[Candidate]]
}
