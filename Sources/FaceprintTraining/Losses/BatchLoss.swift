/// What a loss makes of a batch of embeddings.
public struct LossResult: Hashable, Sendable {
    public var value: Double
    /// With respect to the embeddings, `[count][length]`.
    public var gradient: [Float]
    public var summary: BatchSummary
}

/// What shows at once whether training goes well or has collapsed.
public struct BatchSummary: Hashable, Sendable, Codable {
    /// Triplets, anchors or photos: whatever the loss adds up.
    public var count: Int
    /// The share that isn't right yet: of pairs, those that make a triplet; of anchors, those with a negative nearer than
    /// a positive; of photos, those taken for somebody else.
    public var activeFraction: Double
    /// The mean L2 distance of the pairs of one person; 0 where there are none.
    public var positiveDistance: Double
    /// The mean L2 distance of the pairs of two persons that were compared; 0 where there are none.
    public var negativeDistance: Double
}

/// A loss over a batch of embeddings.
///
/// The batch may be that of many ranks: the loss is over all of it, and a rank takes its slice of the gradient.
public protocol BatchLoss: AnyObject {
    /// - Parameter seed: What random choices of this step follow from.
    func callAsFunction(_ batch: EmbeddingBatch, seed: UInt64) -> LossResult

    /// What the loss learns itself, with the gradients of the last call.
    var parameters: [LossParameter] { get }

    /// Changes what the optimizer doesn't, once the step of the last call is taken.
    func endStep()
}

extension BatchLoss {
    public var parameters: [LossParameter] { [] }
    public func endStep() {}
}

/// Numbers that a loss learns besides the network.
public final class LossParameter {
    public let name: String
    /// Whether the optimizer changes it; the loss itself does otherwise, at the end of a step.
    public let learns: Bool
    /// Whether it decays, as kernels do.
    public let decays: Bool
    let values: FloatBuffer
    let gradients: FloatBuffer

    init(_ name: String, _ values: [Float], learns: Bool = true, decays: Bool = false) {
        self.name = name
        self.learns = learns
        self.decays = decays
        self.values = FloatBuffer(values)
        gradients = FloatBuffer(count: values.count)
    }
}
