extension TrainingOptions {
    func makeLoss(classes: Int, length: Int) -> any BatchLoss {
        switch loss {
        case .triplet: TripletBatchLoss(TripletMiner(strategy: mining.strategy, margin: margin))
        case .softMargin: BatchHardSoftMargin()
        case .softmax: SoftmaxCenterLoss(classes: classes, length: length, seed: seed)
        }
    }

    func makeOptimizer() -> Optimizer {
        switch optimizer {
        case .sgd: .sgd()
        case .adagrad: .adagrad()
        case .adam: .adam()
        }
    }

    /// - Parameter steps: Of the whole run.
    func makeSchedule(steps: Int) -> Schedule {
        let shape: Schedule.Shape =
            switch schedule {
            case .constant: .constant
            case .cosine: .cosine()
            case .steps: .steps(at: [0.5, 0.75])
            }
        return Schedule(rate: rate, shape: shape, warmUp: min(warmUp, steps / 2), total: steps)
    }
}

extension MiningKind {
    fileprivate var strategy: TripletMiner.Strategy {
        switch self {
        case .semiHard: .semiHard
        case .hardest: .hardest
        case .random: .random
        }
    }
}
