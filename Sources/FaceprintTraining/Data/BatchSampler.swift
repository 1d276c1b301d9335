import Faceprint

/// Which photos make a batch: P persons with K photos each, so that a batch holds positives and negatives
/// (Schroff et al., *FaceNet*, section 3.2).
///
/// In an epoch each photo of each person comes once, in an order that depends on the seed and the epoch alone. A person
/// whose last group isn't full gets photos a second time; the last batch is filled up with other persons.
public struct BatchSampler: Hashable, Sendable {
    /// Persons of a batch.
    public let persons: Int
    /// Photos of a person in a batch.
    public let photosPerPerson: Int
    private let photos: [[Int]]
    private let seed: UInt64

    /// - Parameters:
    ///   - labels: Whom each photo shows, as a number from 0.
    ///   - persons: The most in a batch; fewer where there are fewer with two photos.
    ///   - photosPerPerson: At least 2.
    /// - Throws: ``TrainingError/tooFewPeople(withPairs:)`` unless two persons have two photos.
    public init(labels: [Int], persons: Int, photosPerPerson: Int, seed: UInt64) throws(TrainingError) {
        precondition(persons >= 2 && photosPerPerson >= 2, "a batch needs pairs of one person and of two")
        var byPerson = [[Int]](repeating: [], count: (labels.max() ?? -1) + 1)
        for (place, label) in labels.enumerated() { byPerson[label].append(place) }
        photos = byPerson.filter { $0.count >= 2 }
        guard photos.count >= 2 else { throw .tooFewPeople(withPairs: photos.count) }
        self.persons = min(persons, photos.count)
        self.photosPerPerson = photosPerPerson
        self.seed = seed
    }

    /// Photos of a batch.
    public var batchSize: Int { persons * photosPerPerson }

    /// Persons who have the two photos that a pair needs.
    public var personCount: Int { photos.count }

    /// Batches of an epoch.
    public var batchCount: Int {
        let groups = photos.map { ($0.count + photosPerPerson - 1) / photosPerPerson }
        return max(groups.max() ?? 0, (groups.reduce(0, +) + persons - 1) / persons)
    }

    /// The batches of an epoch, ``batchCount`` of them: places of photos, those of one person together.
    public func batches(epoch: Int) -> [[Int]] {
        var random = SplitMix(seed: seed &+ UInt64(epoch) &* 0x9E37_79B9_7F4A_7C15)
        var groups = photos.map { own in
            let order = random.shuffled(own)
            return stride(from: 0, to: order.count, by: photosPerPerson).map { start in
                (0..<photosPerPerson).map { order[(start + $0) % order.count] }
            }
        }
        let batches = (0..<batchCount).map { _ in
            // Whoever has most groups left comes first: so nobody is left over whose groups would need batches of
            // their own. Where nobody has any left, others fill up the batch.
            let chosen = random.shuffled(Array(photos.indices))
                .sorted { groups[$0].count > groups[$1].count }.prefix(persons)
            return chosen.flatMap { person in
                groups[person].popLast()
                    ?? random.shuffled(photos[person]).cycled(photosPerPerson)
            }
        }
        return random.shuffled(batches)
    }
}

extension [Int] {
    /// The first so many, beginning again at the end.
    fileprivate func cycled(_ count: Int) -> [Int] { (0..<count).map { self[$0 % self.count] } }
}
