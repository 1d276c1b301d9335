/// What a classifier is told before it learns.
public struct ClassifierSettings: Hashable, Sendable, Codable {
    public var method: ClassifierMethod
    /// Of a training photo on the wrong side of a support vector machine's plane (C), above 0: the larger, the more
    /// the planes follow single photos.
    public var cost: Double
    /// How many of the nearest templates vote, at least 1.
    public var neighbours: Int
    /// The largest L2 distance to a template of the person, 0…2; who is farther is a stranger.
    public var threshold: Float

    public init(method: ClassifierMethod = .svm, cost: Double = 1, neighbours: Int = 5, threshold: Float) {
        self.method = method
        self.cost = cost
        self.neighbours = neighbours
        self.threshold = threshold
    }

    /// - Throws: ``AnalysisError/outOfRange(what:value:allowed:)``.
    func check() throws(AnalysisError) {
        guard cost > 0, cost <= 1e6 else {
            throw .outOfRange(what: "the cost", value: "\(cost)", allowed: "a number above 0, up to 1e6")
        }
        guard neighbours >= 1 else {
            throw .outOfRange(what: "the number of neighbours", value: "\(neighbours)", allowed: "1 or more")
        }
        guard (0...2).contains(threshold) else {
            throw .outOfRange(what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, 0 to 2")
        }
    }
}
