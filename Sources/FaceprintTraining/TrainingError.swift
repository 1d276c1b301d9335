/// What can go wrong in training.
public enum TrainingError: Error, Equatable {
    /// oneDNN can't do what a layer asks of it.
    case unsupported(what: String, reason: String)
    /// The processor has no bf16 arithmetic.
    case noBF16
    /// The layers of a network don't fit together.
    case badNetwork(reason: String)
    /// Triplets need two persons with two photos each.
    case tooFewPeople(withPairs: Int)
    /// The ranks of a run can't reach each other.
    case communication(reason: String)
    /// Numbers that aren't finite, or a loss that grows without end.
    case diverged(epoch: Int, step: Int, what: String)
    /// A batch that can't be shared out among the ranks evenly.
    case unevenBatch(photos: Int, ranks: Int)
    /// Ranks that don't see the same photos or options.
    case differentRanks(what: String)
    /// A checkpoint that can't be written or read.
    case checkpoint(path: String, reason: String)
    /// A folder that holds another run.
    case runExists(folder: String)
    /// There isn't the memory for a network and a batch of that size.
    case outOfMemory(bytes: Int)
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsupported(let what, let reason):
            "\(what) can't be trained here: \(reason)"
        case .noBF16:
            "this processor has no bf16 arithmetic; use --precision f32"
        case .badNetwork(let reason):
            "the network can't be trained: \(reason)"
        case .tooFewPeople(let count):
            "\(count) of the people have two photos or more, and training compares at least two; add photos"
        case .communication(let reason):
            "another rank of this run can't be reached: \(reason); start it again with --resume"
        case .diverged(let epoch, let step, let what):
            "training diverged in epoch \(epoch), step \(step): \(what); what was saved before stays, start again "
                + "from it with a lower --rate"
        case .unevenBatch(let photos, let ranks):
            "a batch of \(photos) photos can't be shared out among \(ranks) ranks; change --persons or --photos"
        case .differentRanks(let what):
            "the ranks of this run don't have the same \(what); give each the same folder and command line"
        case .checkpoint(let path, let reason):
            "the checkpoint “\(path)” can't be used: \(reason)"
        case .runExists(let folder):
            "“\(folder)” holds a run already; go on with --resume, or name another folder with --output"
        case .outOfMemory(let bytes):
            "training needs \(bytes >> 20) MiB for one batch, which this machine hasn't; use a smaller --micro-batch"
        }
    }
}
