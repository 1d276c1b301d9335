import Faceprint
import FaceprintGallery

/// Searches for people. What several requests look for at the same time shares one reading of the index.
final class PersonSearch: Sendable {
    private struct Wanted {
        let probe: Embedding
        let top: Int
        let group: String?
    }

    private let search: any GallerySearch
    private let queue: BatchQueue<Wanted, Result<[Candidate], any Error>>

    /// - Parameters:
    ///   - search: Of the gallery as it is now.
    ///   - nearestTemplates: Over how many of a person's nearest photos a distance is the mean.
    init(_ search: any GallerySearch, nearestTemplates: Int) {
        self.search = search
        queue = BatchQueue(limit: 64, runs: 1) { wanted in
            // What one request asks wrongly is its own error, and nobody else's.
            var found = [Result<[Candidate], any Error>](repeating: .success([]), count: wanted.count)
            for (group, places) in Dictionary(grouping: wanted.indices, by: { wanted[$0].group }) {
                let top = places.map { wanted[$0].top }.max() ?? 1
                let nearest = Result {
                    try search.nearestPeople(
                        to: places.map { wanted[$0].probe }, count: top, nearestTemplates: nearestTemplates,
                        among: group)
                }
                for (index, place) in places.enumerated() {
                    found[place] = nearest.map { Array($0[index].prefix(wanted[place].top)) }
                }
            }
            return found
        }
    }

    /// How many people and templates are left out, as they can't be read.
    func damageCount() throws -> Int { try search.damage().count }

    /// The nearest people for each probe.
    ///
    /// - Parameters:
    ///   - top: How many people.
    ///   - group: Who may be found; nil for everybody.
    func nearestPeople(to probes: [Embedding], top: Int, among group: String?) throws -> [[Candidate]] {
        // Nothing to wait for, but the group may be none.
        guard !probes.isEmpty else {
            return try search.nearestPeople(to: [], count: top, nearestTemplates: 1, among: group)
        }
        return try queue(probes.map { Wanted(probe: $0, top: top, group: group) }).map { try $0.get() }
    }
}
