import Faceprint
import FaceprintEvaluation

/// How well a network tells persons apart on photos that it isn't trained on.
public struct ValidationReport: Hashable, Sendable, Codable {
    public var genuinePairs: Int
    public var impostorPairs: Int
    /// The area under the ROC curve of all pairs, 0…1.
    public var areaUnderCurve: Double
    public var equalErrorRate: Double
    /// The mean L2 distance of pairs of one person.
    public var positiveDistance: Double
    /// The mean L2 distance of pairs of two persons.
    public var negativeDistance: Double

    /// By how much strangers are farther apart than photos of one person, in L2 distance.
    public var margin: Double { negativeDistance - positiveDistance }

    init(
        genuinePairs: Int, impostorPairs: Int, areaUnderCurve: Double, equalErrorRate: Double, positiveDistance: Double,
        negativeDistance: Double
    ) {
        self.genuinePairs = genuinePairs
        self.impostorPairs = impostorPairs
        self.areaUnderCurve = areaUnderCurve
        self.equalErrorRate = equalErrorRate
        self.positiveDistance = positiveDistance
        self.negativeDistance = negativeDistance
    }

    /// Fewer errors or, where these are as many, a wider margin.
    func isBetter(than other: ValidationReport) -> Bool {
        (equalErrorRate, -margin) < (other.equalErrorRate, -other.margin)
    }

    /// - Parameters:
    ///   - embeddings: Unit vectors, one a photo.
    ///   - persons: Whom each photo shows.
    /// - Throws: `EvaluationError` where there are no pairs of one kind.
    init(embeddings: [[Float]], persons: [String]) throws {
        let rates = try ErrorRates(embeddings: embeddings, persons: persons)
        self.init(
            genuinePairs: rates.genuine.count, impostorPairs: rates.impostor.count,
            areaUnderCurve: rates.areaUnderCurve, equalErrorRate: rates.equalErrorRate.rate,
            positiveDistance: rates.genuine.mean ?? 0, negativeDistance: rates.impostor.mean ?? 0)
    }
}

extension ErrorRates {
    /// Those of all pairs of vectors of a network in training.
    init(embeddings: [[Float]], persons: [String]) throws {
        let space = EmbeddingSpace(model: "training", modelSHA256: "", profile: "training")
        let all = try AllPairs(
            embeddings: try embeddings.map { try Embedding(normalizing: $0, space: space) }, identities: persons,
            worst: 0)
        try self.init(genuine: all.genuine, impostor: all.impostor)
    }
}
