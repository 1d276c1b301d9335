/// A person and how near the probe is.
public struct Candidate: Hashable, Sendable {
    public let person: String
    /// The L2 distance to the person, 0…2: to the nearest of the templates, or the mean over the nearest few.
    public let distance: Float

    public init(person: String, distance: Float) {
        self.person = person
        self.distance = distance
    }
}

/// The answer to *who is this?*
public struct Identification: Hashable, Sendable {
    /// The nearest people, nearest first; none when nobody is enrolled.
    public let candidates: [Candidate]
    /// The largest distance that is accepted.
    public let threshold: Float

    public init(candidates: [Candidate], threshold: Float) {
        self.candidates = candidates
        self.threshold = threshold
    }

    /// Who it is: the nearest person, if near enough; nil for somebody who is not enrolled.
    public var match: Candidate? { candidates.first.flatMap { $0.distance <= threshold ? $0 : nil } }
}

/// Decides who a probe shows, if anybody enrolled (1:N).
///
/// ```swift
/// let answer = try identify(probe, in: index, threshold: 0.7)
/// print(answer.match?.person ?? "Not in the database.")
/// ```
///
/// - Parameters:
///   - probe: The embedding of the photo.
///   - templates: Of everybody enrolled.
///   - threshold: The largest L2 distance that is accepted, 0…2.
///   - top: How many of the nearest people to name.
///   - nearestTemplates: Over how many of a person's nearest templates the distance is the mean, 1 or more; over all
///     of a person who has fewer. Less than 1 counts as 1.
///   - groups: Only people in one of these groups are looked for; nil for everybody.
/// - Throws: ``FaceprintError/incomparable(_:_:)`` when the templates were made by another model or profile than the
///   probe, ``FaceprintError/outOfRange(what:value:allowed:)`` for a threshold that is none.
public func identify(
    _ probe: Embedding, in templates: TemplateIndex, threshold: Float, top: Int = 1, nearestTemplates: Int = 1,
    among groups: Set<String>? = nil
) throws -> Identification {
    try identify(
        [probe], in: templates, threshold: threshold, top: top, nearestTemplates: nearestTemplates, among: groups)[0]
}

/// Decides who each of many probes shows: for each the same as for it alone, but faster.
///
/// - Throws: As for one probe.
public func identify(
    _ probes: [Embedding], in templates: TemplateIndex, threshold: Float, top: Int = 1,
    nearestTemplates: Int = 1, among groups: Set<String>? = nil
) throws -> [Identification] {
    try requireThreshold(threshold)
    let candidates = try templates.nearestPeople(
        to: probes, count: max(top, 1), nearestTemplates: max(nearestTemplates, 1), among: groups)
    return candidates.map { Identification(candidates: $0, threshold: threshold) }
}
