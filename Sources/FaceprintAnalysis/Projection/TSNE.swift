import Faceprint

/// t-SNE: points in the plane such that each has the same neighbours there as among the vectors, as far as that can be
/// (van der Maaten and Hinton, *Visualizing data using t-SNE*, 2008).
///
/// ```swift
/// let points = try TSNE(perplexity: 30, seed: 1).layout(of: embeddings.map(\.values)).points
/// ```
///
/// It is computed exactly, which takes time and memory that grow with the square of the number of vectors: see
/// ``mostVectors``. Near and far mean something only between neighbours: the size of a cluster, and how far it lies from
/// another one, do not (Wattenberg, Viégas and Johnson, *How to use t-SNE effectively*, 2016).
public struct TSNE: Hashable, Sendable {
    /// How many neighbours each vector has in effect, 1 or more; no more than a third of the others are taken.
    public var perplexity: Double
    /// What the small random part of the start follows from.
    public var seed: UInt64
    /// Steps of the descent.
    public var iterations = 1000

    /// More vectors than that would take minutes and more than 200 MB.
    public static let mostVectors = 5000

    public init(perplexity: Double = 30, seed: UInt64 = 1) {
        self.perplexity = perplexity
        self.seed = seed
    }

    /// What a descent gave.
    public struct Result: Hashable, Sendable {
        /// One a vector, around 0.
        public let points: [MapPoint]
        /// Of the plane's probabilities from the vectors', in nats: 0 is as good as can be.
        public let divergence: Double
        /// The perplexity that was used.
        public let perplexity: Double
    }

    /// Lays vectors out in the plane. The same vectors and settings give the same points, on any number of threads.
    ///
    /// The descent starts from the first two principal components, and goes as in the paper: momentum 0.5, then 0.8, a
    /// step size for each coordinate (Jacobs, 1988), and early exaggeration, by 12 for 250 steps. The rate is
    /// max(n / 48, 50) (Belkina et al., *Automated optimized parameters for t-SNE*, 2019, for a gradient with the
    /// factor 4).
    ///
    /// - Parameters:
    ///   - vectors: `[n][length]`, 1 to ``mostVectors``.
    ///   - progress: Called after each step.
    /// - Throws: ``AnalysisError``.
    public func layout(of vectors: [[Float]], progress: () -> Void = {}) throws(AnalysisError) -> Result {
        _ = try requireVectors(vectors)
        guard vectors.count <= Self.mostVectors else {
            throw .tooMany(what: "vectors for t-SNE", found: vectors.count, limit: Self.mostVectors)
        }
        guard perplexity >= 1, perplexity.isFinite else {
            throw .outOfRange(what: "the perplexity", value: "\(perplexity)", allowed: "1 or more")
        }
        let used = max(1, min(perplexity, Double(vectors.count - 1) / 3))
        var descent = TSNEDescent(Affinities(of: vectors, perplexity: used), from: try start(for: vectors))
        for step in 0..<max(0, iterations) {
            descent.step(
                exaggeration: step < Self.earlySteps ? 12 : 1, momentum: step < Self.earlySteps ? 0.5 : 0.8,
                rate: max(Float(vectors.count) / 48, 50))
            progress()
        }
        return Result(points: descent.points, divergence: descent.divergence, perplexity: used)
    }

    private static let earlySteps = 250

    /// The first two principal components, scaled so that the first has a standard deviation of 1e-4 (Kobak and Berens,
    /// *The art of using t-SNE for single-cell transcriptomics*, 2019), each with a hundredth of that at random, by which
    /// vectors that are the same part.
    private func start(for vectors: [[Float]]) throws(AnalysisError) -> [MapPoint] {
        let components = try PrincipalComponents(of: vectors)
        let projected = vectors.map { components.coordinates(of: $0) }
        let variance = projected.reduce(0.0) { $0 + Double($1[0] * $1[0]) } / Double(vectors.count)
        let scale = variance > 0 ? Float(1e-4 / variance.squareRoot()) : 0
        var random = SplitMix(seed: seed)
        return projected.map { point in
            MapPoint(
                x: point[0] * scale + 1e-6 * random.nextSigned(),
                y: (point.count > 1 ? point[1] * scale : 0) + 1e-6 * random.nextSigned())
        }
    }
}

/// A place on a map, in no unit.
public struct MapPoint: Hashable, Sendable, Codable {
    public var x: Float
    public var y: Float

    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}
