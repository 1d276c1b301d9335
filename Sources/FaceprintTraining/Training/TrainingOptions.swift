/// Everything that decides how a network is trained, but the network and the photos.
public struct TrainingOptions: Hashable, Sendable, Codable {
    /// Persons of a batch; fewer where there are fewer.
    public var persons = 8
    /// Photos of each person in a batch.
    public var photosPerPerson = 4
    /// Photos that go through the network at once, of each rank; nil for all of the batch. Fewer take less memory and
    /// give the same triplets, but batch normalisation sees only these.
    public var microBatch: Int?
    public var epochs = 20
    public var precision = TrainingPrecision.f32
    public var loss = LossKind.triplet
    /// α of the triplet loss, in squared L2 distance.
    public var margin: Float = 0.2
    public var mining = MiningKind.semiHard
    public var optimizer = OptimizerKind.sgd
    /// The learning rate after warm-up.
    public var rate: Float = 0.01
    public var schedule = ScheduleKind.cosine
    /// Steps in which the rate rises from 0.
    public var warmUp = 20
    /// Of kernels only: biases and normalisation don't decay.
    public var weightDecay: Float = 5e-4
    /// The largest norm of all gradients together; nil for any.
    public var clipping: Float? = 5
    public var augmentation = Augmentation()
    /// Epochs without a better validation after which training ends; nil to go through all.
    public var patience: Int?
    /// Whether batch normalisation shares its statistics among the ranks.
    public var sharesStatistics = true
    /// What all random choices follow from.
    public var seed: UInt64 = 1

    public init() {}
}

public enum LossKind: String, Hashable, Sendable, Codable, CaseIterable {
    case triplet
    /// Batch-hard with soft margin.
    case softMargin = "soft-margin"
    /// Softmax over the persons, with centre loss.
    case softmax
}

public enum MiningKind: String, Hashable, Sendable, Codable, CaseIterable {
    case semiHard = "semi-hard"
    case hardest
    case random
}

public enum OptimizerKind: String, Hashable, Sendable, Codable, CaseIterable {
    case sgd, adagrad, adam
}

public enum ScheduleKind: String, Hashable, Sendable, Codable, CaseIterable {
    case constant, cosine, steps
}
