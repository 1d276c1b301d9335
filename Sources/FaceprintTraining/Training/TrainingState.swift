/// How far a run has come: with the parameters and what the optimizer remembers, all that it takes to go on with the same
/// bits.
public struct TrainingState: Hashable, Sendable, Codable {
    /// Epochs that are complete.
    public var epochs = 0
    /// Steps of the next epoch that are complete.
    public var steps = 0
    /// Steps of all epochs.
    public var allSteps = 0
    /// Of the steps of the next epoch so far.
    public var lossSum = 0.0
    /// Of the very first step.
    public var firstLoss: Double?
    /// The best validation so far.
    public var best: ValidationReport?
    /// Epochs since then.
    public var epochsSinceBest = 0

    public init() {}
}
