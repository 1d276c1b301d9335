/// The templates of many people, to be searched for the nearest person; it follows a gallery that changes.
///
/// ```swift
/// var index = TemplateIndex(space: encoder.space, dimension: 128, precision: .int8)
/// index.setPerson(7, name: "Ada")
/// try index.setTemplate(41, of: 7, values: embedding.values)
/// let nearest = try index.nearestPeople(to: probe, count: 3)
/// ```
///
/// People and templates are known by ids, which are the caller's, such as those of a database. Each change takes the
/// same time however many templates there are, but for the first after a copy was made, which copies a part: see
/// ``ExactIndex``. Besides ``ExactIndex/bytesPerVector(dimension:precision:)``, a template takes about
/// ``bytesPerTemplate``.
public struct TemplateIndex: Sendable {
    public let space: EmbeddingSpace
    private var index: ExactIndex
    private var rows = TemplateRows()
    private var people = PeopleTable()

    /// An empty index.
    ///
    /// - Parameters:
    ///   - space: What makes the templates.
    ///   - dimension: Of a template, more than 0.
    ///   - precision: What a search reads.
    public init(space: EmbeddingSpace, dimension: Int, precision: SearchPrecision = .float32) {
        self.space = space
        index = ExactIndex(dimension: dimension, precision: precision)
    }

    /// What a template takes besides its vector: 24 bytes, and its place in a dictionary.
    public static let bytesPerTemplate = 60.0

    /// The number of templates.
    public var count: Int { index.count }

    /// What a search reads.
    public var precision: SearchPrecision { index.precision }

    /// Makes room for `capacity` templates in all.
    public mutating func reserveCapacity(_ capacity: Int) {
        index.reserveCapacity(capacity)
        rows.reserveCapacity(capacity)
    }

    /// Adds a person without templates, or changes a person's name and groups.
    public mutating func setPerson(_ id: Int, name: String, groups: Set<String> = []) {
        people.setGroups(groups, at: people.set(id, name: name))
    }

    /// Removes a person with all templates; nothing happens when there is no such person.
    public mutating func removePerson(_ id: Int) {
        guard let place = people.place(of: id) else { return }
        while let row = people[place].row { remove(row: row) }
        people.remove(at: place)
    }

    /// Adds a template, or puts another in the place of the one of that id.
    ///
    /// - Parameters:
    ///   - id: The template's.
    ///   - person: Whose it is, who has been set before.
    ///   - values: `[dimension]`, of unit length.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` for values of another dimension, or when there is
    ///   no such person; the index is as before then.
    public mutating func setTemplate(_ id: Int, of person: Int, values: [Float]) throws(FaceprintError) {
        let place = try place(of: person, for: "template \(id)")
        try index.requireDimension(of: values, what: "template \(id)")
        if let row = rows.row(of: id) {
            if rows.owner(of: row) == place { return try index.replace(row, with: values) }
            remove(row: row)
        }
        try index.append(values)
        addRow(id, of: place)
    }

    /// Removes a template; nothing happens when there is none of that id.
    public mutating func removeTemplate(_ id: Int) {
        if let row = rows.row(of: id) { remove(row: row) }
    }

    private mutating func addRow(_ id: Int, of place: Int) {
        let row = rows.count
        rows.append(id: id, owner: place, with: people[place].row)
        people.setRow(row, at: place)
        people.changeTemplateCount(at: place, by: 1)
    }

    private mutating func remove(row: Int) {
        let last = rows.count - 1
        let owner = rows.owner(of: row)
        let other = rows.remove(row)
        index.remove(row)
        people.setRow(other == last ? row : other, at: owner)
        people.changeTemplateCount(at: owner, by: -1)
        guard row < last else { return }
        // The last row is at this place now.
        let moved = rows.owner(of: row)
        if people[moved].row == last { people.setRow(row, at: moved) }
    }

    private func place(of person: Int, for what: String) throws(FaceprintError) -> Int {
        guard let place = people.place(of: person) else {
            throw .wrongShape(what: what, expected: "a person who has been set before", found: "person \(person)")
        }
        return place
    }

    private func requireSpace(of embedding: Embedding) throws(FaceprintError) {
        guard embedding.space == space else { throw .incomparable("\(embedding.space)", "\(space)") }
    }
}

extension TemplateIndex {
    /// The people nearest to a probe, nearest first: by the mean distance to the nearest few of each one's templates; of
    /// equal ones, whose nearest template has the least id.
    ///
    /// - Parameters:
    ///   - probe: The embedding of the photo.
    ///   - wanted: How many people, at least 1.
    ///   - nearestTemplates: How many templates of a person count, at least 1; all of a person who has fewer.
    ///   - groups: Only people in one of these groups are looked for, as if nobody else were in the index; nil for
    ///     everybody.
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when the probe was made by another model or profile.
    public func nearestPeople(
        to probe: Embedding, count wanted: Int, nearestTemplates: Int = 1, among groups: Set<String>? = nil
    ) throws(FaceprintError) -> [Candidate] {
        try nearestPeople(to: [probe], count: wanted, nearestTemplates: nearestTemplates, among: groups)[0]
    }

    /// The people nearest to each of many probes: for each the same as for it alone, but faster.
    ///
    /// - Throws: ``FaceprintError/incomparable(_:_:)`` when a probe was made by another model or profile.
    public func nearestPeople(
        to probes: [Embedding], count wanted: Int, nearestTemplates: Int = 1, among groups: Set<String>? = nil
    ) throws(FaceprintError) -> [[Candidate]] {
        for probe in probes { try requireSpace(of: probe) }
        let selection = RowSelection(groups, of: people, rows: rows)
        var candidates = [[Candidate]](repeating: [], count: probes.count)
        var undecided = Array(probes.indices)
        // The nearest rows may be one person's: ask for more until they decide who is nearest.
        let (product, isTooMuch) = wanted.multipliedReportingOverflow(by: nearestTemplates)
        var k = isTooMuch ? selection.count : increased(product, upTo: selection.count)
        while !undecided.isEmpty {
            let found = try search(undecided.map { probes[$0].values }, nearest: k, in: selection)
            var remaining: [Int] = []
            for (probe, neighbours) in zip(undecided, found) {
                let ranking = ranking(of: neighbours, nearestTemplates: nearestTemplates)
                if k == selection.count || ranking.isDecided(for: wanted) {
                    candidates[probe] = ranking.nearest(wanted).map {
                        Candidate(person: people[$0.owner].name, distance: $0.distance)
                    }
                } else {
                    remaining.append(probe)
                }
            }
            undecided = remaining
            k = increased(k, upTo: selection.count)
        }
        return candidates
    }

    private func increased(_ k: Int, upTo limit: Int) -> Int { k > limit / 4 ? limit : 4 * k }

    private func search(
        _ queries: [[Float]], nearest k: Int, in selection: RowSelection
    ) throws(FaceprintError) -> [[Neighbour]] {
        switch selection.rows {
        case .all: try index.search(queries, nearest: k)
        case .few(let rows): try index.search(queries, nearest: k, amongRows: rows)
        case .many(let filter): try index.search(queries, nearest: k, among: filter)
        }
    }

    /// Equal distances are taken by the templates' ids, for a row's number depends on what was removed.
    private func ranking(of neighbours: [Neighbour], nearestTemplates: Int) -> PersonRanking {
        var ranking = PersonRanking(nearestTemplates: nearestTemplates) { people[$0].templateCount }
        let order = neighbours.sorted {
            ($0.squaredDistance, rows.id(of: $0.row)) < ($1.squaredDistance, rows.id(of: $1.row))
        }
        for neighbour in order { ranking.add(neighbour.distance, of: rows.owner(of: neighbour.row)) }
        return ranking
    }
}
