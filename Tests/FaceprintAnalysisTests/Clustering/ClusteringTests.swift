import Faceprint
import FaceprintAnalysis
import TestSupport
import Testing

private let space = EmbeddingSpace(model: "test", modelSHA256: "00", profile: "none")

@Suite struct ClusteringTests {
    /// People around random directions, one after another, and photos that are `spread` off theirs.
    private func embeddings(people: Int, photos: Int, spread: Float, seed: UInt64 = 3) throws -> [Embedding] {
        var random = SeededRandom(seed: seed)
        let middles = (0..<people).map { _ in random.vector(16) }
        return try clusters(of: photos, around: middles, spread: spread, seed: seed).map {
            try Embedding(normalizing: $0, space: space)
        }
    }

    /// Average linkage by its definition: all distances are looked at again for each merge.
    private func linked(_ embeddings: [Embedding], threshold: Float) throws -> Clustering {
        var groups = embeddings.indices.map { [$0] }
        func mean(_ a: [Int], _ b: [Int]) throws -> Double {
            var sum = 0.0
            for i in a { for j in b { sum += Double(try euclideanDistance(embeddings[i], embeddings[j])) } }
            return sum / Double(a.count * b.count)
        }
        while true {
            var best: (first: Int, second: Int, distance: Double)?
            for i in groups.indices {
                for j in groups.indices.dropFirst(i + 1) {
                    let distance = try mean(groups[i], groups[j])
                    if distance < best?.distance ?? .infinity { best = (i, j, distance) }
                }
            }
            guard let best, best.distance <= Double(threshold) else { break }
            groups[best.first] += groups[best.second]
            groups.remove(at: best.second)
        }
        var labels = [Int](repeating: 0, count: embeddings.count)
        for (number, group) in groups.enumerated() { for face in group { labels[face] = number } }
        return Clustering(labels: labels)
    }

    @Test(arguments: [0.3, 0.6, 0.8, 1, 1.2, 1.4] as [Float])
    func agglomerativeClustersAreThoseOfTheDefinition(threshold: Float) throws {
        let faces = try embeddings(people: 12, photos: 5, spread: 0.6)
        let found = try Clustering(of: faces, threshold: threshold, method: .agglomerative)
        #expect(try found == linked(faces, threshold: threshold))
        #expect(found.members.joined().sorted() == Array(faces.indices))
    }

    @Test(arguments: ClusteringMethod.allCases)
    func peopleFarApartAreFound(method: ClusteringMethod) throws {
        let faces = try embeddings(people: 40, photos: 9, spread: 0.08)
        let found = try Clustering(of: faces, threshold: 0.4, method: method)
        #expect(found == Clustering(labels: faces.indices.map { $0 / 9 }))
    }

    @Test(arguments: ClusteringMethod.allCases)
    func theSameFaceManyTimesIsOnePerson(method: ClusteringMethod) throws {
        let faces = [Embedding](repeating: try embeddings(people: 1, photos: 1, spread: 0)[0], count: 700)
        #expect(try Clustering(of: faces, threshold: 0.001, method: method).members == [Array(0..<700)])
    }

    @Test(arguments: ClusteringMethod.allCases)
    func whoIsFartherThanTheThresholdStaysAlone(method: ClusteringMethod) throws {
        let faces = try embeddings(people: 30, photos: 1, spread: 0)
        let found = try Clustering(of: faces, threshold: 0.05, method: method)
        #expect(found.members == faces.indices.map { [$0] })
        #expect(found.assignments == Array(faces.indices))
    }

    @Test func whispersFollowFromTheSeed() throws {
        let faces = try embeddings(people: 60, photos: 6, spread: 0.7)
        func found(_ seed: UInt64) throws -> Clustering {
            try Clustering(of: faces, threshold: 1, method: .whispers, seed: seed)
        }
        #expect(try found(1) == found(1))
        #expect(try (2...6).contains { try found($0) != found(1) }, "the order of asking makes no difference")
    }

    @Test func theLargestClusterComesFirst() {
        let clustering = Clustering(labels: [9, 4, 4, 7, 9, 4, 1])
        #expect(clustering.members == [[1, 2, 5], [0, 4], [3], [6]])
        #expect(clustering.assignments == [1, 0, 0, 2, 1, 0, 3])
    }

    @Test func manyFacesAreClusteredByWhispers() {
        #expect(ClusteringMethod.standard(for: 20_000) == .agglomerative)
        #expect(ClusteringMethod.standard(for: 20_001) == .whispers)
    }

    @Test func whatCantBeClusteredIsSaid() throws {
        #expect(try Clustering(of: [], threshold: 1).members.isEmpty)
        let faces = try embeddings(people: 1, photos: 2, spread: 0.1)
        for threshold in [0, -1, 2.1, .nan] as [Float] {
            #expect(throws: AnalysisError.self) { try Clustering(of: faces, threshold: threshold) }
        }
        let other = try Embedding(
            normalizing: faces[0].values, space: EmbeddingSpace(model: "other", modelSHA256: "", profile: ""))
        #expect(throws: AnalysisError.differentSpaces("\(space)", "\(other.space)")) {
            try Clustering(of: faces + [other], threshold: 1)
        }
    }
}
