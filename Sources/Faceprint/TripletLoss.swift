/// The triplet loss: an anchor should be nearer to a positive (the same person) than to a negative
/// (somebody else), by a margin.
///
/// For triplet *i*, with squared L2 distances,
/// `lossᵢ = max(‖aᵢ − pᵢ‖² − ‖aᵢ − nᵢ‖² + margin, 0)`, and the loss of a batch is their sum
/// (Schroff, Kalenichenko and Philbin, *FaceNet*, 2015, equation 2) or, as an option, their mean.
///
/// ```swift
/// let loss = TripletLoss(margin: 0.2)
/// let value = try loss(anchors: anchors, positives: positives, negatives: negatives)
/// ```
public struct TripletLoss: Hashable, Sendable {
    /// How the losses of single triplets make one number.
    public enum Reduction: Hashable, Sendable {
        case sum, mean
    }

    /// The gradient of the loss, each `[m][n]` as its input.
    public struct Gradient: Hashable, Sendable {
        public var anchors: [[Float]]
        public var positives: [[Float]]
        public var negatives: [[Float]]
    }

    /// α in the paper, in squared L2 distance.
    public var margin: Float
    public var reduction: Reduction

    public init(margin: Float = 0.2, reduction: Reduction = .sum) {
        self.margin = margin
        self.reduction = reduction
    }

    /// The loss of a batch.
    ///
    /// - Parameters: `[m][n]` each: m triplets of vectors of n numbers.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the three differ in shape.
    public func callAsFunction(
        anchors: [[Float]], positives: [[Float]], negatives: [[Float]]
    ) throws(FaceprintError) -> Float {
        let losses = try signedLosses(anchors: anchors, positives: positives, negatives: negatives)
        return Float(losses.reduce(0) { $0 + max($1, 0) } * scale(for: anchors.count))
    }

    /// The loss of each triplet, `[m]`.
    ///
    /// - Parameters: `[m][n]` each: m triplets of vectors of n numbers.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the three differ in shape.
    public func perTriplet(
        anchors: [[Float]], positives: [[Float]], negatives: [[Float]]
    ) throws(FaceprintError) -> [Float] {
        try signedLosses(anchors: anchors, positives: positives, negatives: negatives).map { Float(max($0, 0)) }
    }

    /// The gradient with respect to all three inputs.
    ///
    /// Where a triplet's loss is positive, ∂/∂a = 2(n − p), ∂/∂p = 2(p − a) and ∂/∂n = 2(a − n), divided by m
    /// for the mean; elsewhere it is zero.
    ///
    /// - Parameters: `[m][n]` each: m triplets of vectors of n numbers.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` when the three differ in shape.
    public func gradient(
        anchors: [[Float]], positives: [[Float]], negatives: [[Float]]
    ) throws(FaceprintError) -> Gradient {
        let losses = try signedLosses(anchors: anchors, positives: positives, negatives: negatives)
        let factor = Float(2 * scale(for: anchors.count))
        func scaledDifference(_ x: [[Float]], _ y: [[Float]]) -> [[Float]] {
            losses.indices.map { i in
                losses[i] > 0 ? zip(x[i], y[i]).map { factor * ($0 - $1) } : x[i].map { _ in 0 }
            }
        }
        return Gradient(
            anchors: scaledDifference(negatives, positives),
            positives: scaledDifference(positives, anchors),
            negatives: scaledDifference(anchors, negatives))
    }

    private func scale(for count: Int) -> Double {
        reduction == .mean && count > 0 ? 1 / Double(count) : 1
    }

    /// The losses before they are cut at zero.
    private func signedLosses(
        anchors: [[Float]], positives: [[Float]], negatives: [[Float]]
    ) throws(FaceprintError) -> [Double] {
        for (name, vectors) in [("positives", positives), ("negatives", negatives)]
        where vectors.map(\.count) != anchors.map(\.count) {
            throw .wrongShape(what: name, expected: shape(of: anchors), found: shape(of: vectors))
        }
        return anchors.indices.map { i in
            var loss = Double(margin)
            for j in anchors[i].indices {
                let anchor = Double(anchors[i][j])
                let toPositive = anchor - Double(positives[i][j])
                let toNegative = anchor - Double(negatives[i][j])
                loss += toPositive * toPositive - toNegative * toNegative
            }
            return loss
        }
    }

    private func shape(of vectors: [[Float]]) -> String {
        let lengths = Set(vectors.map(\.count)).sorted().map(String.init).joined(separator: " or ")
        return "[\(vectors.count)][\(lengths)]"
    }
}
