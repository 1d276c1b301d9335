import Faceprint
import Testing

@testable import FaceprintEvaluation

/// Pairs of tracks, by the protocol of YouTube Faces.
@Suite struct TrackTests {
    private static let space = EmbeddingSpace(model: "made", modelSHA256: "", profile: "made")

    private func embedding(_ x: Float, _ y: Float) throws -> Embedding {
        try Embedding(normalizing: [x, y], space: Self.space)
    }

    @Test func listsAreRead() throws {
        let text = """
            split number, first name, second name, similarity, is same
            1, Ann_A/0, Ann_A/2, 24, 1
            1, Ann_A/0, Bob_B/1, 3, 0
            10, Bob_B/1, Ann_A/2, 0, 0
            """
        let list = try PairList(tracks: Array(text.utf8), name: "splits.txt")
        #expect(
            list.pairs == [
                Pair(first: "Ann_A/0", second: "Ann_A/2", isGenuine: true, fold: 0),
                Pair(first: "Ann_A/0", second: "Bob_B/1", isGenuine: false, fold: 0),
                Pair(first: "Bob_B/1", second: "Ann_A/2", isGenuine: false, fold: 9),
            ])
        #expect(list.photos == ["Ann_A/0", "Ann_A/2", "Bob_B/1"])
    }

    @Test(arguments: [
        ("1, a/0, b/0, 1", "found 4 field(s)"), ("0, a/0, b/0, 0, 1", "“0” is no number of a split"),
        ("1, a/0, ../0, 0, 1", "“../0” is no track"), ("1, a, b/0, 0, 1", "“a” is no track"),
        ("1, a/0, b/0/1, 0, 1", "“b/0/1” is no track"), ("1, a/0, b/0, 0, 2", "the last field is “2”"),
    ]) func badLinesAreNamed(line: String, reason: String) {
        let error = #expect(throws: EvaluationError.self) {
            try PairList(tracks: Array("heading\n\(line)\n".utf8), name: "splits.txt")
        }
        #expect("\(error!)".contains(reason) || line.hasPrefix("heading"), "\(error!)")
    }

    @Test func anEmptyListIsRefused() {
        for text in ["", "\n", "split, a, b, c, d\n"] {
            #expect(throws: EvaluationError.badList(list: "s", reason: "it holds no pairs")) {
                try PairList(tracks: Array(text.utf8), name: "s")
            }
        }
    }

    /// Right angles are √2 apart, opposites 2.
    @Test func distancesOfTracks() throws {
        let first = [try embedding(1, 0), try embedding(0, 1)]
        let second = [try embedding(1, 0), try embedding(-1, 0)]
        let root = Float(2).squareRoot()
        #expect(abs(try TrackDistance.mean.between(first, second) - (0 + 2 + root + root) / 4) < 1e-6)
        #expect(try TrackDistance.min.between(first, second) == 0)
        // The mean of the first points half way between; that of the third along x.
        let third = [try embedding(1, 1), try embedding(1, -1)]
        let between = try euclideanDistance(try embedding(1, 1), try embedding(1, 0))
        #expect(abs(try TrackDistance.averaged.between(first, third) - between) < 1e-6)
        for method in TrackDistance.allCases { #expect(try method.between(first, []) == .infinity) }
    }

    @Test func measurementsCountTracksWithoutAFace() throws {
        let list = PairList([
            Pair(first: "a/0", second: "a/1", isGenuine: true), Pair(first: "a/0", second: "b/0", isGenuine: false),
        ])
        let tracks = ["a/0": [try embedding(1, 0)], "a/1": [try embedding(1, 0)], "b/0": []]
        let measured = try PairMeasurement(of: list, tracks: tracks, by: .mean)
        #expect(measured.pairs.map(\.distance) == [0, .infinity])
        #expect(measured.pairs[1].isRefused)
        #expect(measured.refusedPhotos == Proportion(1, of: 3))
        #expect(throws: EvaluationError.missingPhoto("b/0")) {
            try PairMeasurement(of: list, tracks: ["a/0": [], "a/1": []], by: .mean)
        }
    }
}
