/// A mean over folds with its standard error: σ/√k, with σ the standard deviation by k − 1.
public struct FoldMean: Hashable, Sendable, Codable {
    public let mean: Double
    public let standardError: Double

    /// - Precondition: there are at least two values.
    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        self.mean = mean
        standardError = (variance / count).squareRoot()
    }
}

/// The k-fold protocol of LFW: what is chosen for a fold is chosen on the others.
///
/// Accuracy is that of Huang, Ramesh, Berg and Learned-Miller, *Labeled Faces in the Wild*, 2007, section 5; the
/// validation rate VAL at a false accept rate FAR is that of Schroff, Kalenichenko and Philbin, *FaceNet*, 2015,
/// equations 5 and 6.
public struct FoldProtocol: Hashable, Sendable, Codable {
    /// The figures of one fold.
    public struct Fold: Hashable, Sendable, Codable {
        /// The threshold with the best accuracy on the other folds: midway between the last distance that it
        /// accepts there and the next. The smallest of those that are equally good.
        public let threshold: Float
        /// Genuine pairs accepted and impostor pairs refused, of all pairs of this fold.
        public let accuracy: Double
        /// The largest threshold whose FAR on the other folds is at most the one wanted.
        public let validationThreshold: Float
        /// The share of genuine pairs of this fold that it accepts.
        public let validationRate: Double
        /// The share of impostor pairs of this fold that it accepts.
        public let falseAcceptRate: Double
    }

    public let folds: [Fold]
    public let accuracy: FoldMean
    public let threshold: FoldMean
    /// VAL.
    public let validationRate: FoldMean
    /// The FAR that came out, on pairs that had no part in choosing the threshold.
    public let falseAcceptRate: FoldMean
    /// The FAR that was asked for.
    public let wantedFalseAcceptRate: Double
    /// Whether the other folds have the 1/FAR impostors that it takes to observe that FAR. If not, the threshold
    /// for VAL is just below their nearest impostor.
    public let isFalseAcceptRateObservable: Bool

    /// Runs the protocol.
    ///
    /// - Parameters:
    ///   - pairs: Of two folds or more, each with genuine and impostor pairs.
    ///   - far: The false accept rate that VAL is measured at, above 0 and at most 1.
    /// - Throws: ``EvaluationError/tooFewFolds(found:)``, ``EvaluationError/noPairs(kind:)`` for a fold without,
    ///   ``EvaluationError/outOfRange(what:value:allowed:)``.
    public init(_ pairs: [MeasuredPair], far: Double = 1e-3) throws(EvaluationError) {
        let byFold = Dictionary(grouping: pairs, by: \.pair.fold)
        guard byFold.count >= 2 else { throw .tooFewFolds(found: byFold.count) }
        var folds: [Fold] = []
        var isObservable = true
        for number in byFold.keys.sorted() {
            let rest = try rates(of: pairs.filter { $0.pair.fold != number }, folds: "the folds other than \(number)")
            let held = try rates(of: byFold[number] ?? [], folds: "fold \(number)")
            guard let most = ErrorRates.allowed(far, of: rest.impostor.count) else {
                throw .outOfRange(what: "the false accept rate", value: "\(far)", allowed: "above 0 and at most 1")
            }
            isObservable = isObservable && most > 0
            let threshold = rest.mostAccurateThreshold
            let validationThreshold = rest.impostor.largestThreshold(accepting: most)
            let validation = held.operatingPoint(threshold: validationThreshold)
            folds.append(
                Fold(
                    threshold: threshold, accuracy: held.accuracy(at: threshold),
                    validationThreshold: validationThreshold, validationRate: validation.tar,
                    falseAcceptRate: validation.fmr.value))
        }
        self.folds = folds
        accuracy = FoldMean(folds.map(\.accuracy))
        threshold = FoldMean(folds.map { Double($0.threshold) })
        validationRate = FoldMean(folds.map(\.validationRate))
        falseAcceptRate = FoldMean(folds.map(\.falseAcceptRate))
        wantedFalseAcceptRate = far
        isFalseAcceptRateObservable = isObservable
    }
}

private func rates(of pairs: [MeasuredPair], folds: String) throws(EvaluationError) -> ErrorRates {
    let genuine = DistanceCounts(pairs.filter(\.pair.isGenuine).map(\.distance))
    let impostor = DistanceCounts(pairs.filter { !$0.pair.isGenuine }.map(\.distance))
    guard genuine.count > 0 else { throw .noPairs(kind: "genuine (in \(folds))") }
    guard impostor.count > 0 else { throw .noPairs(kind: "impostor (in \(folds))") }
    return try ErrorRates(genuine: genuine, impostor: impostor)
}

extension ErrorRates {
    /// The share of all pairs, genuine and impostor, that a threshold decides rightly.
    public func accuracy(at threshold: Float) -> Double {
        let right = genuine.count(atMost: threshold) + impostor.count - impostor.count(atMost: threshold)
        return Double(right) / Double(genuine.count + impostor.count)
    }

    /// The threshold with the best ``accuracy(at:)``: midway between the last observed distance that it accepts and
    /// the next one; the smallest of those that are equally good.
    public var mostAccurateThreshold: Float {
        let observed = curve.map(\.threshold)
        // The first point accepts nobody; a distance of 0 would make it accept somebody.
        var best = (right: impostor.count, index: 0)
        for index in observed.indices.dropFirst() {
            let threshold = observed[index]
            let right = genuine.count(atMost: threshold) + impostor.count - impostor.count(atMost: threshold)
            if right > best.right { best = (right, index) }
        }
        let next = best.index + 1 < observed.count ? observed[best.index + 1] : observed[best.index]
        return (observed[best.index] + next) / 2
    }
}
