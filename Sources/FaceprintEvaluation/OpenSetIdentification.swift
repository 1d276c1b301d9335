import Faceprint

/// Who is this? Measured with people who are enrolled and with strangers (open-set identification, ISO/IEC 19795-1).
///
/// The people are split by a seed: some are strangers, all of whose photos are probes; of each other person, one
/// photo is enrolled and the rest are probes.
public struct OpenSetIdentification: Hashable, Sendable, Codable {
    /// The people in the gallery, one template each. Their number matters: FPIR grows with it.
    public let enrolled: Int
    /// Of the people to enroll, those whose photo has no embedding.
    public let failureToEnroll: Proportion
    /// The largest L2 distance that is accepted.
    public let threshold: Float
    /// Of the probes of people in the gallery, those whose nearest template is of the right person, at any
    /// distance.
    public let rankOne: Proportion
    /// FNIR: of the probes of people in the gallery, those for whom the nearest template within the threshold isn't
    /// of the right person, or there is none.
    public let fnir: Proportion
    /// FPIR: of the strangers' probes, those for whom there is a template within the threshold.
    public let fpir: Proportion
    /// What the split follows from.
    public let seed: UInt64

    /// Splits the people and identifies all probes. A probe without an embedding is identified as nobody, and so
    /// is one of a person whose photo couldn't be enrolled.
    ///
    /// - Parameters:
    ///   - embeddings: One a photo; nil for one that has none.
    ///   - identities: Whom each photo shows.
    ///   - threshold: The largest L2 distance that is accepted.
    ///   - strangers: The share of people who are held out, 0…1.
    ///   - seed: What the split follows from.
    /// - Throws: ``EvaluationError/differentCounts(what:expected:found:)``,
    ///   ``EvaluationError/differentSpaces(_:_:)``, ``EvaluationError/outOfRange(what:value:allowed:)``.
    public init(
        embeddings: [Embedding?], identities: [String], threshold: Float, strangers: Double = 0.5, seed: UInt64 = 1
    ) throws(EvaluationError) {
        guard identities.count == embeddings.count else {
            throw .differentCounts(what: "identities", expected: embeddings.count, found: identities.count)
        }
        guard (0...1).contains(strangers) else {
            throw .outOfRange(what: "the share of strangers", value: "\(strangers)", allowed: "0 to 1")
        }
        try requireThreshold(threshold)
        try requireOneSpace(embeddings)
        let split = Split(identities, strangers: strangers, seed: seed)
        var index = ExactIndex(dimension: embeddings.lazy.compactMap { $0?.count }.first ?? 1)
        var people: [String] = []
        for place in split.gallery {
            guard let template = embeddings[place] else { continue }
            index.add(template)
            people.append(identities[place])
        }
        let known = index.nearest(split.probes.map { embeddings[$0] })
        let unknown = index.nearest(split.strangers.map { embeddings[$0] })
        var (first, missed) = (0, 0)
        for (place, nearest) in zip(split.probes, known) {
            let isRight = nearest.map { people[$0.row] == identities[place] } ?? false
            if isRight { first += 1 }
            if !isRight || !(nearest.map { $0.distance <= threshold } ?? false) { missed += 1 }
        }
        enrolled = people.count
        failureToEnroll = Proportion(split.gallery.count - people.count, of: split.gallery.count)
        self.threshold = threshold
        rankOne = Proportion(first, of: known.count)
        fnir = Proportion(missed, of: known.count)
        fpir = Proportion(unknown.count { $0.map { $0.distance <= threshold } ?? false }, of: unknown.count)
        self.seed = seed
    }
}

/// Which photos play which part, by their places.
private struct Split {
    var gallery: [Int] = []
    var probes: [Int] = []
    var strangers: [Int] = []

    init(_ identities: [String], strangers share: Double, seed: UInt64) {
        var random = SplitMix(seed: seed)
        let byPerson = Dictionary(grouping: identities.indices) { identities[$0] }
        let people = random.shuffled(byPerson.keys.sorted())
        let heldOut = Int((share * Double(people.count)).rounded())
        for (i, person) in people.enumerated() {
            let photos = random.shuffled(byPerson[person] ?? [])
            if i < heldOut {
                strangers += photos
            } else {
                gallery += photos.prefix(1)
                probes += photos.dropFirst()
            }
        }
    }
}

extension ExactIndex {
    fileprivate mutating func add(_ template: Embedding) {
        do {
            try append(template.values)
        } catch {
            preconditionFailure("all embeddings are in one space: \(error)")
        }
    }

    /// The nearest row to each probe; nil for a probe without an embedding, or when there are no rows.
    fileprivate func nearest(_ probes: [Embedding?]) -> [(row: Int, distance: Float)?] {
        do {
            var found = try search(probes.compactMap { $0?.values }, nearest: 1).makeIterator()
            return probes.map { probe in
                guard probe != nil, let nearest = found.next()?.first else { return nil }
                return (nearest.row, nearest.distance)
            }
        } catch {
            preconditionFailure("all embeddings are in one space: \(error)")
        }
    }
}
