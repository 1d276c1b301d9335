import Faceprint
import TestSupport
import Testing

@Suite("TripletLoss")
struct TripletLossTests {
    @Test(.needsSharedData)
    func `The published case gives TensorFlow's loss and gradients`() throws {
        let golden = try GoldenTriplets()
        let loss = TripletLoss(margin: golden.alpha)
        let value = try loss(anchors: golden.anchor, positives: golden.positive, negatives: golden.negative)
        #expect(abs(value - 527.2598) < 1e-4)
        #expect(abs(value - golden.loss) < 1e-4)
        let gradient = try loss.gradient(
            anchors: golden.anchor, positives: golden.positive, negatives: golden.negative)
        #expect(largestDifference(gradient.anchors, golden.anchorGradient) < 1e-4)
        #expect(largestDifference(gradient.positives, golden.positiveGradient) < 1e-4)
        #expect(largestDifference(gradient.negatives, golden.negativeGradient) < 1e-4)
    }

    @Test(.needsSharedData)
    func `The mean is the sum over the number of triplets, in loss and gradient`() throws {
        let golden = try GoldenTriplets()
        let mean = TripletLoss(margin: golden.alpha, reduction: .mean)
        let value = try mean(anchors: golden.anchor, positives: golden.positive, negatives: golden.negative)
        #expect(abs(value - golden.loss / 3) < 1e-4)
        let gradient = try mean.gradient(
            anchors: golden.anchor, positives: golden.positive, negatives: golden.negative)
        let third = golden.negativeGradient.map { $0.map { $0 / 3 } }
        #expect(largestDifference(gradient.negatives, third) < 1e-4)
    }

    /// A case that can be worked out by hand.
    struct Case: Sendable {
        var anchors, positives, negatives: [[Float]]
        var margin: Float
        var perTriplet: [Float]
    }

    static let cases = [
        Case(anchors: [[1, 1]], positives: [[1, 1]], negatives: [[1, 1]], margin: 5, perTriplet: [5]),
        Case(anchors: [[1, 1]], positives: [[1, 1]], negatives: [[0, 0]], margin: 3, perTriplet: [1]),
        Case(anchors: [[1, 1]], positives: [[0, 0]], negatives: [[1, 1]], margin: 0, perTriplet: [2]),
        Case(anchors: [[0, 0]], positives: [[0, 0]], negatives: [[0, 0]], margin: -2, perTriplet: [0]),
        Case(
            anchors: [[1, 0], [1, 0]], positives: [[1, 0], [1, 0]], negatives: [[0, 1], [0, 1]], margin: 3,
            perTriplet: [1, 1]),
        // Each triplet is cut at zero for itself: the easy one must not pay for the hard one.
        Case(
            anchors: [[0, 0], [1, 1]], positives: [[2, 0], [1, 1]], negatives: [[0, 1], [4, 5]], margin: 1,
            perTriplet: [4, 0]),
    ]

    @Test(arguments: cases)
    func `A case worked out by hand`(example: Case) throws {
        let loss = TripletLoss(margin: example.margin)
        let (a, p, n) = (example.anchors, example.positives, example.negatives)
        #expect(try loss.perTriplet(anchors: a, positives: p, negatives: n) == example.perTriplet)
        let sum = example.perTriplet.reduce(0, +)
        #expect(try loss(anchors: a, positives: p, negatives: n) == sum)
        let mean = TripletLoss(margin: example.margin, reduction: .mean)
        #expect(try mean(anchors: a, positives: p, negatives: n) == sum / Float(a.count))
    }

    @Test(arguments: [TripletLoss.Reduction.sum, .mean])
    func `The gradient is what small steps of each number measure`(reduction: TripletLoss.Reduction) throws {
        var random = SeededRandom(seed: 20)
        let loss = TripletLoss(margin: 0.2, reduction: reduction)
        // [which of the three][triplet][component]; a triplet near the kink has no gradient to measure.
        var batch: [[[Float]]] = [[], [], []]
        while batch[0].count < 12 {
            let triplet = (0..<3).map { _ in random.vector(8) }
            let distances = [1, 2].map { squaredEuclideanDistance(triplet[0], triplet[$0]) }
            if abs(distances[0] - distances[1] + loss.margin) < 0.1 { continue }
            for i in 0..<3 { batch[i].append(triplet[i]) }
        }
        let perTriplet = try loss.perTriplet(anchors: batch[0], positives: batch[1], negatives: batch[2])
        try #require(perTriplet.contains(0) && perTriplet.contains { $0 > 0 })
        let gradient = try loss.gradient(anchors: batch[0], positives: batch[1], negatives: batch[2])
        let found = [gradient.anchors, gradient.positives, gradient.negatives]

        // The loss is quadratic between kinks, so the central difference is exact but for rounding.
        let step: Float = 1 / 64
        for i in 0..<3 {
            for triplet in 0..<12 {
                for component in 0..<8 {
                    func value(shiftedBy shift: Float) throws -> Float {
                        var shifted = batch
                        shifted[i][triplet][component] += shift
                        return try loss(anchors: shifted[0], positives: shifted[1], negatives: shifted[2])
                    }
                    let measured = try (value(shiftedBy: step) - value(shiftedBy: -step)) / (2 * step)
                    #expect(abs(measured - found[i][triplet][component]) < 2e-3)
                }
            }
        }
    }

    @Test func `An empty batch loses nothing`() throws {
        for reduction in [TripletLoss.Reduction.sum, .mean] {
            let loss = TripletLoss(reduction: reduction)
            #expect(try loss(anchors: [], positives: [], negatives: []) == 0)
            #expect(try loss.perTriplet(anchors: [], positives: [], negatives: []) == [])
            #expect(try loss.gradient(anchors: [], positives: [], negatives: []).anchors == [])
        }
    }

    @Test func `Batches of other shapes are refused by name`() throws {
        let loss = TripletLoss()
        let two: [[Float]] = [[1, 2], [3, 4]]
        #expect(throws: FaceprintError.wrongShape(what: "positives", expected: "[2][2]", found: "[1][2]")) {
            try loss(anchors: two, positives: [[1, 2]], negatives: two)
        }
        #expect(throws: FaceprintError.wrongShape(what: "negatives", expected: "[2][2]", found: "[2][1 or 2]")) {
            try loss.gradient(anchors: two, positives: two, negatives: [[1, 2], [3]])
        }
        #expect(throws: FaceprintError.wrongShape(what: "negatives", expected: "[2][2]", found: "[0][]")) {
            try loss.perTriplet(anchors: two, positives: two, negatives: [])
        }
    }

    private func largestDifference(_ a: [[Float]], _ b: [[Float]]) -> Float {
        guard a.map(\.count) == b.map(\.count) else { return .infinity }
        return zip(a.joined(), b.joined()).map { abs($0 - $1) }.max() ?? 0
    }
}
