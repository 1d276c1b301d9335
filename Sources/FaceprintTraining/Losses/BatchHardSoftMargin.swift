import Foundation

/// For each photo the farthest of the same person against the nearest of anybody else, with a soft margin:
/// the mean of `log(1 + exp(d(a, p) − d(a, n)))` with L2 distances that are not squared (Hermans, Beyer and Leibe,
/// *In defense of the triplet loss for person re-identification*, 2017, equation 5 with the softplus of section 2).
public final class BatchHardSoftMargin: BatchLoss {
    public init() {}

    public func callAsFunction(_ batch: EmbeddingBatch, seed: UInt64) -> LossResult {
        let squares = batch.squaredDistances()
        let labels = batch.labels
        var gradient = [Double](repeating: 0, count: batch.values.count)
        var hardest: [(anchor: Int, positive: Int, negative: Int)] = []
        for anchor in 0..<batch.count {
            let row = anchor * batch.count
            let own = labels.indices.filter { $0 != anchor && labels[$0] == labels[anchor] }
            let others = labels.indices.filter { labels[$0] != labels[anchor] }
            guard let positive = own.max(by: { squares[row + $0] < squares[row + $1] }),
                let negative = others.min(by: { squares[row + $0] < squares[row + $1] })
            else { continue }
            hardest.append((anchor, positive, negative))
        }
        let share = 1 / Double(max(hardest.count, 1))
        var (sum, near, far, violated) = (0.0, 0.0, 0.0, 0)
        for (anchor, positive, negative) in hardest {
            let toPositive = Double(squares[anchor * batch.count + positive]).squareRoot()
            let toNegative = Double(squares[anchor * batch.count + negative]).squareRoot()
            let gap = toPositive - toNegative
            // log(1 + eˣ) without an overflow.
            sum += max(gap, 0) + log1p(exp(-abs(gap)))
            let weight = share / (1 + exp(-gap))
            Self.add(weight, from: anchor, to: positive, distance: toPositive, batch, &gradient)
            Self.add(-weight, from: anchor, to: negative, distance: toNegative, batch, &gradient)
            near += toPositive
            far += toNegative
            violated += gap > 0 ? 1 : 0
        }
        return LossResult(
            value: sum * share, gradient: gradient.map(Float.init),
            summary: BatchSummary(
                count: hardest.count, activeFraction: Double(violated) * share, positiveDistance: near * share,
                negativeDistance: far * share))
    }

    /// Adds the gradient of a distance, the unit vector between both. Where they are in one place it has no direction,
    /// and 0 is taken.
    private static func add(
        _ weight: Double, from a: Int, to b: Int, distance: Double, _ batch: EmbeddingBatch, _ gradient: inout [Double]
    ) {
        guard distance > 1e-9 else { return }
        for i in 0..<batch.length {
            let (x, y) = (batch.values[a * batch.length + i], batch.values[b * batch.length + i])
            let slope = weight * (Double(x) - Double(y)) / distance
            gradient[a * batch.length + i] += slope
            gradient[b * batch.length + i] -= slope
        }
    }
}
