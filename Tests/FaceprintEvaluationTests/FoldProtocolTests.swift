import Faceprint
import FaceprintEvaluation
import TestSupport
import Testing

@Suite("Folds")
struct FoldProtocolTests {
    private func fold(_ number: Int, genuine: [Float], impostor: [Float]) -> [MeasuredPair] {
        genuine.map { measured($0, genuine: true, fold: number) }
            + impostor.map { measured($0, genuine: false, fold: number) }
    }

    @Test func `A case by hand: each fold is decided by the other's threshold`() throws {
        let result = try FoldProtocol(
            fold(0, genuine: [0.25, 0.5], impostor: [1, 1.25])
                + fold(1, genuine: [0.25, 1], impostor: [1.25, 0.75]), far: 0.5)
        // On fold 1, 0.25 is right in 3 of 4 (so is 1, but 0.25 is smaller): midway to 0.75.
        #expect(result.folds.map(\.threshold) == [0.5, 0.75])
        #expect(result.folds.map(\.accuracy) == [1, 0.5])
        #expect(result.accuracy.mean == 0.75)
        #expect(isNear(result.accuracy.standardError, 0.25))
        #expect(result.threshold.mean == 0.625)
        #expect(result.folds.map(\.validationThreshold) == [0.75, 1])
        #expect(result.validationRate.mean == 1)
        #expect(result.falseAcceptRate.mean == 0.25)
        #expect(isNear(result.falseAcceptRate.standardError, 0.25))
        #expect(result.isFalseAcceptRateObservable)
    }

    @Test func `With fewer than 1 over FAR impostors the threshold stays below all of them`() throws {
        let result = try FoldProtocol(
            fold(4, genuine: [0.25, 0.5], impostor: [1, 1.25]) + fold(9, genuine: [0.25, 1], impostor: [1.25, 0.75]),
            far: 1e-3)
        #expect(!result.isFalseAcceptRateObservable)
        #expect(result.folds.map(\.validationThreshold) == [Float(0.75).nextDown, Float(1).nextDown])
        #expect(result.folds.map(\.validationRate) == [1, 0.5])
    }

    @Test func `A threshold that accepts nobody is chosen where that is best`() throws {
        let hopeless = fold(0, genuine: [1], impostor: [0.5, 0.75])
        let result = try FoldProtocol(hopeless + fold(1, genuine: [0.125], impostor: [1]), far: 0.5)
        #expect(result.folds[1].threshold == 0.25)
    }

    @Test func `Refused pairs count against genuine ones only`() throws {
        let good = fold(0, genuine: [0.25, .infinity], impostor: [1, .infinity])
        let result = try FoldProtocol(good + fold(1, genuine: [0.25], impostor: [1]))
        #expect(result.folds[0].accuracy == 0.75)
    }

    @Test func `What can't be run is an error that says why`() {
        let one = fold(0, genuine: [0.25], impostor: [1])
        #expect(throws: EvaluationError.tooFewFolds(found: 1)) { try FoldProtocol(one) }
        #expect(throws: EvaluationError.tooFewFolds(found: 0)) { try FoldProtocol([]) }
        #expect(throws: EvaluationError.noPairs(kind: "impostor (in the folds other than 0)")) {
            try FoldProtocol(one + fold(1, genuine: [0.5], impostor: []))
        }
        #expect(
            throws: EvaluationError.outOfRange(
                what: "the false accept rate", value: "0.0", allowed: "above 0 and at most 1")
        ) { try FoldProtocol(one + fold(1, genuine: [0.5], impostor: [1]), far: 0) }
    }

    @Test(.needsSharedData) func `LFW's two folds of 600 pairs, with people far apart and one photo refused`() throws {
        let list = try PairList(lfw: SharedData.url("lfw-dev/pairs.txt").path)
        var random = SeededRandom(seed: 3)
        var centres: [Substring: [Float]] = [:]
        var embeddings: [String: Embedding] = [:]
        for photo in list.photos {
            let person = photo.prefix { $0 != "/" }
            let centre = centres[person] ?? random.vector(64)
            centres[person] = centre
            let noise = random.vector(64, scale: 0.1)
            embeddings[photo] = try Embedding(normalizing: zip(centre, noise).map { $0 + $1 }, space: space)
        }
        // It stands in one genuine pair of the first fold, and in no other.
        let uses = Dictionary(grouping: list.pairs.flatMap { [$0.first, $0.second] }) { $0 }.mapValues(\.count)
        let refused = try #require(list.pairs.first { $0.fold == 0 && $0.isGenuine && uses[$0.first] == 1 }).first
        let measured = try PairMeasurement(of: list, embeddings: embeddings, refused: [refused])
        let result = try FoldProtocol(measured.pairs)
        #expect(result.folds.map(\.accuracy) == [599.0 / 600, 1])
        #expect(isNear(result.accuracy.standardError, 1.0 / 1200))
        #expect(isNear(result.validationRate.mean, (299.0 / 300 + 1) / 2))
        #expect(!result.isFalseAcceptRateObservable)
        #expect(measured.refusedPhotos == Proportion(1, of: 1583))
    }
}
