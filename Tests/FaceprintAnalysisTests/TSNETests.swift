import Faceprint
import Foundation
import Testing

@testable import FaceprintAnalysis

struct TSNETests {
    private let vectors = clusters(of: 12, around: unitMiddles(4, length: 10), spread: 0.15)

    /// The entropy of each point's conditional probabilities is ln(perplexity), and they sum to 1.
    @Test(arguments: [2.0, 5, 12]) func perplexityIsReached(perplexity: Double) {
        for i in vectors.indices {
            var row = vectors.map { squaredEuclideanDistance(vectors[i], $0) }
            row.withUnsafeMutableBufferPointer { Affinities.calibrate($0, own: i, perplexity: perplexity) }
            #expect(row[i] == 0)
            #expect(abs(row.reduce(0, +) - 1) < 1e-5)
            let entropy = row.filter { $0 > 0 }.reduce(0.0) { $0 - Double($1) * log(Double($1)) }
            #expect(abs(entropy - log(perplexity)) < 1e-3)
        }
    }

    @Test func affinitiesAreSymmetricAndSumToOne() {
        let affinities = Affinities(of: vectors, perplexity: 5)
        #expect(affinities.count == 48 && affinities.stride == 48)
        #expect(abs(affinities.joint.reduce(0, +) - 1) < 1e-5)
        for i in 0..<48 {
            #expect(affinities.joint[i * 49] == 0)
            for j in 0..<i { #expect(affinities.joint[i * 48 + j] == affinities.joint[j * 48 + i]) }
        }
    }

    /// 11 points, so that rows are padded.
    @Test func theGradientIsThatOfTheDivergence() {
        let few = Array(vectors[4..<15])
        var random = SplitMix(seed: 3)
        let points = few.map { _ in MapPoint(x: 2 * random.nextSigned(), y: 2 * random.nextSigned()) }
        let affinities = Affinities(of: few, perplexity: 3)
        let gradient = TSNEDescent(affinities, from: points).gradient()
        let step: Float = 1e-2
        func slope(_ i: Int, _ coordinate: WritableKeyPath<MapPoint, Float>) -> Float {
            var (near, far) = (points, points)
            near[i][keyPath: coordinate] -= step
            far[i][keyPath: coordinate] += step
            let (below, above) = (TSNEDescent(affinities, from: near), TSNEDescent(affinities, from: far))
            return Float((above.divergence - below.divergence) / Double(2 * step))
        }
        let size = gradient.map { max(abs($0.x), abs($0.y)) }.max()!
        #expect(size > 0.01)
        for i in points.indices {
            #expect(abs(slope(i, \.x) - gradient[i].x) < 2e-3 * size)
            #expect(abs(slope(i, \.y) - gradient[i].y) < 2e-3 * size)
        }
    }

    @Test func theDivergenceFallsAndClustersStayApart() throws {
        var settings = TSNE(perplexity: 8, seed: 1)
        settings.iterations = 0
        let start = try settings.layout(of: vectors)
        settings.iterations = 1000
        var steps = 0
        let end = try settings.layout(of: vectors) { steps += 1 }
        #expect(steps == 1000)
        #expect(end.divergence < start.divergence / 3 && end.divergence > 0)
        // Each point's 11 nearest in the plane are the others of its cluster.
        for (i, point) in end.points.enumerated() {
            let nearest = end.points.indices.filter { $0 != i }.sorted {
                squaredDistance(end.points[$0], point) < squaredDistance(end.points[$1], point)
            }
            #expect(Set(nearest.prefix(11).map { $0 / 12 }) == [i / 12])
        }
    }

    @Test func thePointsFollowFromTheSeed() throws {
        var settings = TSNE(perplexity: 8, seed: 7)
        settings.iterations = 40
        let points = try settings.layout(of: vectors).points
        #expect(try settings.layout(of: vectors).points == points)
        settings.seed = 8
        #expect(try settings.layout(of: vectors).points != points)
    }

    @Test func fewVectorsAndEqualOnes() throws {
        for count in [1, 2, 3, 4, 20] {
            let same = [[Float]](repeating: [0.6, 0.8], count: count)
            var settings = TSNE(perplexity: 30, seed: 1)
            settings.iterations = 300
            let result = try settings.layout(of: same)
            #expect(result.points.count == count)
            #expect(result.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
            #expect(result.divergence.isFinite)
            #expect(result.perplexity >= 1 && result.perplexity <= max(1, Double(count - 1) / 3))
        }
        let two = try TSNE().layout(of: [[1, 0], [0, 1]])
        #expect(squaredDistance(two.points[0], two.points[1]).isFinite)
        // Some of one place beside a far one.
        let far = try TSNE().layout(of: [[0, 0], [0, 0], [0, 0], [1e18, 0]])
        #expect(far.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    @Test func whatHasNoMap() {
        #expect(throws: AnalysisError.nothingToShow(what: "vectors")) { try TSNE().layout(of: []) }
        #expect(throws: AnalysisError.tooMany(what: "vectors for t-SNE", found: 5001, limit: 5000)) {
            try TSNE().layout(of: [[Float]](repeating: [1], count: 5001))
        }
        for perplexity in [0, .nan, .infinity] as [Double] {
            #expect(throws: AnalysisError.self) { try TSNE(perplexity: perplexity).layout(of: [[1]]) }
        }
    }

    private func squaredDistance(_ a: MapPoint, _ b: MapPoint) -> Float {
        (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
    }
}
