import Faceprint

/// The mean triplet loss of the triplets that are mined from a batch; see ``TripletLoss`` for its equation.
///
/// Where nothing is mined, the loss and its gradient are 0.
public final class TripletBatchLoss: BatchLoss {
    public let miner: TripletMiner

    public init(_ miner: TripletMiner = TripletMiner()) { self.miner = miner }

    public func callAsFunction(_ batch: EmbeddingBatch, seed: UInt64) -> LossResult {
        let distances = batch.squaredDistances()
        let mined = miner(distances: distances, labels: batch.labels, seed: seed)
        let length = batch.length
        var gradient = [Double](repeating: 0, count: batch.values.count)
        var sum = 0.0
        let share = 1 / Double(max(mined.triplets.count, 1))
        for triplet in mined.triplets {
            let (a, p, n) = (triplet.anchor, triplet.positive, triplet.negative)
            let near = Double(distances[a * batch.count + p])
            let far = Double(distances[a * batch.count + n])
            sum += max(near - far + Double(miner.margin), 0)
            for i in 0..<length {
                let (x, y, z) = (
                    Double(batch.values[a * length + i]), Double(batch.values[p * length + i]),
                    Double(batch.values[n * length + i])
                )
                gradient[a * length + i] += 2 * share * (z - y)
                gradient[p * length + i] += 2 * share * (y - x)
                gradient[n * length + i] += 2 * share * (x - z)
            }
        }
        return LossResult(
            value: sum * share, gradient: gradient.map(Float.init),
            summary: BatchSummary(
                count: mined.triplets.count,
                activeFraction: Double(mined.triplets.count) / Double(max(mined.pairs, 1)),
                positiveDistance: mined.positiveDistance, negativeDistance: mined.negativeDistance))
    }
}
