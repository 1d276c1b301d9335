import Faceprint

/// How well a way to classify tells the people of some photos apart, when each photo is classified by what was learnt
/// from others; beside the nearest template, on the same photos.
public struct CrossValidation: Hashable, Sendable, Codable {
    /// What became of the photos.
    public struct Counts: Hashable, Sendable, Codable {
        /// Accepted as who they are.
        public private(set) var right = 0
        /// Accepted as somebody else.
        public private(set) var wrong = 0
        /// Taken for a stranger.
        public private(set) var rejected = 0
        /// Whose first choice was right, accepted or not.
        public private(set) var firstRight = 0

        public init() {}

        public var photos: Int { right + wrong + rejected }

        /// Of all photos, 0…1.
        public var accuracy: Double { photos > 0 ? Double(firstRight) / Double(photos) : 0 }

        public mutating func count(_ person: String, chosen: String, accepted: Bool) {
            if chosen == person { firstRight += 1 }
            if !accepted {
                rejected += 1
            } else if chosen == person {
                right += 1
            } else {
                wrong += 1
            }
        }
    }

    public private(set) var classifier = Counts()
    public private(set) var nearestTemplate = Counts()
    public let folds: Int

    /// Splits the photos so that each person's are spread over all folds, and classifies each fold by the others.
    ///
    /// - Parameters:
    ///   - folds: At least 2. A person with a single photo is learnt but never asked for.
    ///   - seed: What the split follows from.
    /// - Throws: As ``FaceClassifier/init(training:people:settings:)``, and
    ///   ``AnalysisError/outOfRange(what:value:allowed:)`` for the folds.
    public init(
        of embeddings: [Embedding], people: [String], settings: ClassifierSettings, folds: Int = 5, seed: UInt64 = 1
    ) throws(AnalysisError) {
        guard (2...1000).contains(folds) else {
            throw .outOfRange(what: "the number of folds", value: "\(folds)", allowed: "2 to 1000")
        }
        self.folds = folds
        let assignment = Self.folds(of: people, count: folds, seed: seed)
        for fold in 0..<folds {
            let probes = embeddings.indices.filter { assignment[$0] == fold }
            guard !probes.isEmpty else { continue }
            let others = embeddings.indices.filter { assignment[$0] != fold }
            let learnt = try FaceClassifier(
                training: others.map { embeddings[$0] }, people: others.map { people[$0] }, settings: settings)
            for probe in probes {
                let answer = try learnt.classify(embeddings[probe])
                classifier.count(people[probe], chosen: answer.person, accepted: answer.match != nil)
                nearestTemplate.count(
                    people[probe], chosen: answer.nearest.person, accepted: answer.nearestMatch != nil)
            }
        }
    }

    /// `[photos]`: the fold of each; nil for the only photo of a person, which is in none.
    private static func folds(of people: [String], count: Int, seed: UInt64) -> [Int?] {
        var random = SplitMix(seed: seed)
        var assignment = [Int?](repeating: nil, count: people.count)
        let photos = Dictionary(grouping: people.indices) { people[$0] }
        for person in photos.keys.sorted() where photos[person]!.count > 1 {
            for (place, photo) in random.shuffled(photos[person]!).enumerated() { assignment[photo] = place % count }
        }
        return assignment
    }
}
