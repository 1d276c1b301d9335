/// The templates of many people, to be searched for the nearest person.
public struct TemplateIndex: Sendable {
    /// What made the templates.
    public let space: EmbeddingSpace
    private var index: ExactIndex
    /// `[count]`: whose template a row is.
    private var owners: [Int]
    private var people: [String]
    /// A person's index into `people`; the first where two have that name.
    private var places: [String: Int]
    /// `[people]`: how many templates each has.
    private var templateCounts: [Int]

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
        places = Dictionary(people.enumerated().map { ($1, $0) }) { first, _ in first }
        templateCounts = [Int](repeating: 0, count: people.count)
        for owner in owners { templateCounts[owner] += 1 }
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

    /// Adds a template of somebody who is among the people already, by exactly that name, or joins them.
    ///
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the template was made by another model or profile.
    public mutating func append(_ template: Embedding, of person: String) throws(FaceprintError) {
        try requireSpace(of: template)
        try index.append(template.values)
        let owner = places[person] ?? people.count
        if owner == people.count {
            places[person] = owner
            people.append(person)
            templateCounts.append(0)
        }
        templateCounts[owner] += 1
        owners.append(owner)
    }

    /// The nearest people, nearest first: by the mean distance to the nearest few of each one's templates.
    ///
    /// - Parameters:
    ///   - probe: The embedding of the photo.
    ///   - wanted: How many people, at least 1.
    ///   - nearestTemplates: How many templates of a person count, at least 1; all of a person who has fewer.
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the probe was made by another model or profile.
    public func nearestPeople(
        to probe: Embedding, count wanted: Int, nearestTemplates: Int = 1
    ) throws(FaceprintError) -> [Candidate] {
        try nearestPeople(to: [probe], count: wanted, nearestTemplates: nearestTemplates)[0]
    }

    /// The nearest people to each of many probes: the same as ``nearestPeople(to:count:nearestTemplates:)`` for each
    /// alone, but faster, because the templates are read once for up to 64 probes.
    public func nearestPeople(
        to probes: [Embedding], count wanted: Int, nearestTemplates: Int = 1
    ) throws(FaceprintError) -> [[Candidate]] {
        for probe in probes { try requireSpace(of: probe) }
        // The nearest rows may be one person's: ask for more until they decide who is nearest.
        let (product, isTooMuch) = wanted.multipliedReportingOverflow(by: nearestTemplates)
        var rows = isTooMuch ? count : min(probes.count > 1 ? max(product, Self.rowsOfBatch) : product, count)
        var result = [[Candidate]](repeating: [], count: probes.count)
        var open = Array(probes.indices)
        while !open.isEmpty {
            let found = try index.search(open.map { probes[$0].values }, nearest: rows)
            var undecided: [Int] = []
            for (probe, neighbours) in zip(open, found) {
                var ranking = PersonRanking(templateCounts: templateCounts, nearestTemplates: nearestTemplates)
                for neighbour in neighbours { ranking.add(neighbour.distance, of: owners[neighbour.row]) }
                guard rows >= count || ranking.isDecided(for: wanted) else {
                    undecided.append(probe)
                    continue
                }
                result[probe] = ranking.nearest(wanted).map {
                    Candidate(person: people[$0.owner], distance: $0.distance)
                }
            }
            open = undecided
            rows = min(rows * 4, count)
        }
        return result
    }

    /// Enough for most of the probes of a batch, so that the templates are seldom read again for a few of them.
    private static let rowsOfBatch = 16

    private func requireSpace(of embedding: Embedding) throws(FaceprintError) {
        guard embedding.space == space else { throw .incomparable("\(embedding.space)", "\(space)") }
    }
}
