import Faceprint
import Foundation

/// Classifying the persons of the training set, while each stays near a centre of its own: the mean of
/// `−log softmax(s · e W + b)[person] + λ/2 · ‖e − c[person]‖²` (Wen, Zhang, Li and Qiao, *A discriminative feature
/// learning approach for deep face recognition*, 2016, equation 5). Public FaceNet weights were made this way.
///
/// Embeddings are of unit length, so their products with W are multiplied by a scale s; without it the softmax couldn't
/// come near 0 and 1.
///
/// The classifier's W and b are changed by the optimizer. Centres move by their own rule towards the mean of the
/// batch's embeddings of their person, by the share α (equation 4).
public final class SoftmaxCenterLoss: BatchLoss {
    public let classes: Int
    public let length: Int
    /// λ
    public let centerWeight: Float
    /// α
    public let centerRate: Float
    /// s
    public let scale: Float
    public let parameters: [LossParameter]
    private let kernel: UnsafeMutableBufferPointer<Float>
    private let bias: UnsafeMutableBufferPointer<Float>
    private let centers: UnsafeMutableBufferPointer<Float>

    /// - Parameters:
    ///   - classes: Persons of the training set; labels are 0..<classes.
    ///   - length: Numbers in an embedding.
    ///   - seed: What the classifier starts from.
    public init(
        classes: Int, length: Int, centerWeight: Float = 0.01, centerRate: Float = 0.5, scale: Float = 16,
        seed: UInt64 = 1
    ) {
        self.classes = classes
        self.length = length
        self.centerWeight = centerWeight
        self.centerRate = centerRate
        self.scale = scale
        var random = SplitMix(seed: seed)
        // Glorot and Bengio's range.
        let range = (6 / Float(classes + length)).squareRoot()
        let kernels = (0..<(classes * length)).map { _ in range * random.nextSigned() }
        parameters = [
            LossParameter("classifier/kernel", kernels, decays: true),
            LossParameter("classifier/bias", [Float](repeating: 0, count: classes)),
            LossParameter("centers", [Float](repeating: 0, count: classes * length), learns: false),
        ]
        (kernel, bias, centers) = (
            parameters[0].values.numbers, parameters[1].values.numbers, parameters[2].values.numbers
        )
    }

    public func callAsFunction(_ batch: EmbeddingBatch, seed: UInt64) -> LossResult {
        var gradient = [Double](repeating: 0, count: batch.values.count)
        var kernelGradient = [Double](repeating: 0, count: classes * length)
        var biasGradient = [Double](repeating: 0, count: classes)
        let share = 1 / Double(max(batch.count, 1))
        var (sum, wrong) = (0.0, 0)
        for index in 0..<batch.count {
            let embedding = batch.row(index).map(Double.init)
            let label = batch.labels[index]
            let logits = (0..<classes).map { person in
                Double(bias[person]) + Double(scale) * dot(embedding, kernel, from: person * length)
            }
            let largest = logits.max() ?? 0
            let total = logits.reduce(0) { $0 + exp($1 - largest) }
            sum += log(total) + largest - logits[label]
            wrong += logits[label] < largest ? 1 : 0
            for person in 0..<classes {
                let slope = share * (exp(logits[person] - largest) / total - (person == label ? 1 : 0))
                biasGradient[person] += slope
                for i in 0..<length {
                    kernelGradient[person * length + i] += slope * Double(scale) * embedding[i]
                    gradient[index * length + i] += slope * Double(scale) * Double(kernel[person * length + i])
                }
            }
            for i in 0..<length {
                let apart = embedding[i] - Double(centers[label * length + i])
                sum += Double(centerWeight) / 2 * apart * apart
                gradient[index * length + i] += share * Double(centerWeight) * apart
            }
        }
        _ = parameters[0].gradients.numbers.update(fromContentsOf: kernelGradient.map(Float.init))
        _ = parameters[1].gradients.numbers.update(fromContentsOf: biasGradient.map(Float.init))
        setCenterMoves(batch)
        let spread = TripletMiner()(distances: batch.squaredDistances(), labels: batch.labels, seed: seed)
        return LossResult(
            value: sum * share, gradient: gradient.map(Float.init),
            summary: BatchSummary(
                count: batch.count, activeFraction: Double(wrong) * share, positiveDistance: spread.positiveDistance,
                negativeDistance: spread.negativeDistance))
    }

    private func dot(_ embedding: [Double], _ values: UnsafeMutableBufferPointer<Float>, from start: Int) -> Double {
        embedding.indices.reduce(0) { $0 + embedding[$1] * Double(values[start + $1]) }
    }

    /// `Δc = −α · Σ(c − e) / (1 + n)` over the n embeddings of the person, as gradients.
    private func setCenterMoves(_ batch: EmbeddingBatch) {
        let moves = parameters[2].gradients.numbers
        moves.update(repeating: 0)
        for (label, places) in Dictionary(grouping: batch.labels.indices, by: { batch.labels[$0] }) {
            for i in 0..<length {
                let center = centers[label * length + i]
                let apart = places.reduce(Float(0)) { $0 + center - batch.values[$1 * length + i] }
                moves[label * length + i] = centerRate * apart / Float(1 + places.count)
            }
        }
    }

    public func endStep() {
        let moves = parameters[2].gradients.numbers
        for index in centers.indices { centers[index] -= moves[index] }
    }
}
