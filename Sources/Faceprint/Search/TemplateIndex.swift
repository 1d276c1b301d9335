/// The templates of many people, to be searched for the nearest person.
public struct TemplateIndex: Sendable {
    /// What made the templates.
    public let space: EmbeddingSpace
    private var index: ExactIndex
    /// `[count]`: whose template a row is.
    private var owners: [Int]
    private let people: [String]

    /// - Parameters:
    ///   - space: What made the templates.
    ///   - dimension: Of a template.
    ///   - people: The names.
    ///   - owners: `[count]`: whose template a row is, as an index into `people`.
    ///   - templates: `[count][dimension]`, each of unit length.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the sizes don't fit each other.
    public init(
        space: EmbeddingSpace, dimension: Int, people: [String], owners: [Int], templates: [Float]
    ) throws(FaceprintError) {
        guard templates.count == owners.count * dimension, owners.allSatisfy(people.indices.contains) else {
            throw .wrongShape(
                what: "templates", expected: "[\(owners.count)][\(dimension)]", found: "\(templates.count) numbers")
        }
        self.space = space
        self.people = people
        self.owners = owners
        index = ExactIndex(dimension: dimension)
        index.reserveCapacity(owners.count)
        let result = templates.withUnsafeBufferPointer { rows in
            Result { () throws(FaceprintError) in try index.append(rows: rows) }
        }
        try result.get()
    }

    /// The number of templates.
    public var count: Int { owners.count }

    /// The nearest people, by the nearest of each one's templates, nearest first.
    ///
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the probe was made by another model or profile.
    public func nearestPeople(to probe: Embedding, count wanted: Int) throws(FaceprintError) -> [Candidate] {
        guard probe.space == space else { throw .incomparable("\(probe.space)", "\(space)") }
        // The nearest rows may be one person's: ask for more until they show enough people.
        var rows = wanted
        while true {
            let neighbours = try index.search(probe.values, nearest: rows)
            var seen: Set<Int> = []
            let nearest = neighbours.filter { seen.insert(owners[$0.row]).inserted }
            if nearest.count >= wanted || rows >= count {
                return nearest.prefix(wanted).map {
                    Candidate(person: people[owners[$0.row]], distance: $0.distance)
                }
            }
            rows *= 4
        }
    }
}
