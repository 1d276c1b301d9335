/// What a training run says on its way.
public enum TrainingEvent: Sendable {
    case step(StepReport)
    case epoch(EpochReport)
}

/// One step: one batch, and one change of the parameters.
public struct StepReport: Hashable, Sendable, Codable {
    /// From 1.
    public var epoch: Int
    /// Within the epoch, from 1.
    public var step: Int
    /// Of an epoch.
    public var steps: Int
    public var loss: Double
    public var rate: Float
    /// Triplets, or whatever the loss compares.
    public var count: Int
    /// The share of them that has a loss.
    public var activeFraction: Double
    /// The mean L2 distance of photos of one person.
    public var positiveDistance: Double
    /// The mean L2 distance of the photos of two persons that were compared.
    public var negativeDistance: Double
    /// Of all gradients together, before clipping.
    public var gradientNorm: Double
    public var photosPerSecond: Double
}

/// The end of an epoch.
public struct EpochReport: Hashable, Sendable, Codable {
    /// From 1; 0 is before the first step.
    public var epoch: Int
    /// The mean of its steps; nil before the first.
    public var loss: Double?
    /// nil where no photos are held out.
    public var validation: ValidationReport?
    /// Whether it is the best so far.
    public var isBest: Bool
}
