import Faceprint

/// Tells some people apart, by embeddings of their photos, and strangers from all of them.
///
/// The method chooses the person; whether it is that person at all, the distance to the nearest of the person's templates
/// decides, as in identification. A support vector machine alone takes every stranger for somebody.
///
/// ```swift
/// let classifier = try FaceClassifier(training: embeddings, people: names, settings: .init(threshold: 1))
/// let answer = try classifier.classify(probe)
/// print(answer.match ?? "nobody of these", answer.probability)
/// ```
public struct FaceClassifier: Sendable {
    /// Sorted.
    public let people: [String]
    public private(set) var settings: ClassifierSettings
    /// What made the templates, and has to make the probes.
    public let space: EmbeddingSpace
    /// Of the templates.
    let rows: [[Float]]
    /// `[templates]`: whom each shows, by the number in ``people``.
    let labels: [Int]
    /// nil for nearest neighbours.
    let machine: SupportVectorMachine?
    private let model: SupportVectorModel?

    /// Learns to tell people apart.
    ///
    /// - Parameters:
    ///   - embeddings: `[photos]`, all of one space.
    ///   - people: `[photos]`: whom each shows; at least two people.
    /// - Throws: ``AnalysisError/tooFewPeople(found:)``, ``AnalysisError/differentSpaces(_:_:)``,
    ///   ``AnalysisError/outOfRange(what:value:allowed:)`` for settings that are none.
    public init(
        training embeddings: [Embedding], people identities: [String], settings: ClassifierSettings
    ) throws(AnalysisError) {
        precondition(embeddings.count == identities.count, "each photo shows somebody")
        try settings.check()
        let people = Set(identities).sorted()
        guard people.count >= 2 else { throw .tooFewPeople(found: people.count) }
        try requireOneSpace(embeddings)
        let numbers = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1, $0) })
        let labels = identities.map { numbers[$0]! }
        let rows = embeddings.map(\.values)
        self.init(
            people: people, settings: settings, space: embeddings[0].space, rows: rows, labels: labels,
            machine: settings.method == .svm
                ? SupportVectorMachine(training: rows, labels: labels, classes: people.count, cost: settings.cost) : nil
        )
    }

    /// - Precondition: the machine fits the rows, which are of one length.
    init(
        people: [String], settings: ClassifierSettings, space: EmbeddingSpace, rows: [[Float]], labels: [Int],
        machine: SupportVectorMachine?
    ) {
        self.people = people
        self.settings = settings
        self.space = space
        self.rows = rows
        self.labels = labels
        self.machine = machine
        model = machine.map { SupportVectorModel($0, rows: rows) }
    }

    /// The largest L2 distance that is accepted, 0…2. It can be changed without learning anew.
    public var threshold: Float {
        get { settings.threshold }
        set { settings.threshold = newValue }
    }

    /// Whom a face shows, of the people who were learnt.
    ///
    /// - Throws: ``AnalysisError/differentSpaces(_:_:)`` for an embedding that was made otherwise.
    public func classify(_ probe: Embedding) throws(AnalysisError) -> Classification {
        guard probe.space == space, probe.count == rows[0].count else {
            throw .differentSpaces("\(space)", "\(probe.space)")
        }
        let distances = rows.map { squaredEuclideanDistance($0, probe.values).squareRoot() }
        let (label, shares) = model?.classify(probe.values) ?? vote(distances)
        let own = zip(labels, distances).lazy.filter { $0.0 == label }.map(\.1).min() ?? .infinity
        let nearest = distances.indices.min { distances[$0] < distances[$1] }!
        return Classification(
            person: people[label], probabilities: Dictionary(uniqueKeysWithValues: zip(people, shares)), distance: own,
            threshold: settings.threshold,
            nearest: Candidate(person: people[labels[nearest]], distance: distances[nearest]))
    }

    /// Whom most of the nearest templates show, of two with as many whoever has the nearest; and each person's share.
    private func vote(_ distances: [Float]) -> (label: Int, shares: [Double]) {
        let voters = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(settings.neighbours)
        var votes = [Int](repeating: 0, count: people.count)
        for voter in voters { votes[labels[voter]] += 1 }
        let most = votes.max()!
        let label = voters.lazy.map { labels[$0] }.first { votes[$0] == most }!
        return (label, votes.map { Double($0) / Double(voters.count) })
    }
}
