import Foundation

/// How often genuine pairs are refused and impostors accepted, at every threshold.
///
/// In the words of ISO/IEC 19795-1: the *false match rate* FMR is the share of impostor pairs at a distance of at
/// most the threshold, the *false non-match rate* FNMR the share of genuine pairs beyond it. TAR = 1 − FNMR. Pairs
/// with a refused photo count in both totals and are never accepted.
///
/// ```swift
/// let rates = try ErrorRates(genuine: measured.genuine, impostor: measured.impostor)
/// if let point = rates.operatingPoint(fmr: 1e-4) { print(point.threshold, point.fnmr.value) }
/// ```
public struct ErrorRates: Hashable, Sendable {
    public let genuine: DistanceCounts
    public let impostor: DistanceCounts

    /// - Throws: ``EvaluationError/noPairs(kind:)`` when there are none of a kind.
    public init(genuine: DistanceCounts, impostor: DistanceCounts) throws(EvaluationError) {
        guard genuine.count > 0 else { throw .noPairs(kind: "genuine") }
        guard impostor.count > 0 else { throw .noPairs(kind: "impostor") }
        self.genuine = genuine
        self.impostor = impostor
    }

    /// Both rates at a threshold that was set before.
    public func operatingPoint(threshold: Float) -> OperatingPoint {
        OperatingPoint(
            threshold: threshold,
            fmr: Proportion(impostor.count(atMost: threshold), of: impostor.count),
            fnmr: Proportion(genuine.count - genuine.count(atMost: threshold), of: genuine.count))
    }

    /// The rates at the largest observed impostor distance t for which the share of impostors at a distance of at
    /// most t is no more than `fmr`. Where several impostors are at the smallest distance and are already too
    /// many, t is just below it.
    ///
    /// - Parameter fmr: The false match rate that is wanted, above 0 and at most 1.
    /// - Returns: Nil when it can't be measured: there are fewer than 1/`fmr` impostors.
    public func operatingPoint(fmr: Double) -> OperatingPoint? {
        guard let most = ErrorRates.allowed(fmr, of: impostor.count), most > 0 else { return nil }
        return operatingPoint(threshold: impostor.largestThreshold(accepting: most))
    }

    /// The threshold for a false match rate that too few impostors were seen to measure: the logarithm of the FMR is
    /// nearly linear in the distance, and the line goes through the thresholds at which 10 and 100 impostors are accepted.
    ///
    /// - Returns: What is measured where that is possible; nil for less than 1000 impostors, and where the two thresholds
    ///   are the same.
    public func extrapolatedThreshold(fmr: Double) -> Float? {
        if let point = operatingPoint(fmr: fmr) { return point.threshold }
        guard impostor.count >= 1000, fmr > 0 else { return nil }
        let (near, far) = (impostor.largestThreshold(accepting: 10), impostor.largestThreshold(accepting: 100))
        guard near < far else { return nil }
        let decades = log10(10 / Double(impostor.count)) - log10(fmr)
        return max(near - Float(decades) * (far - near), 0)
    }

    /// How many of a total are at most a share of it; nil for what is no share.
    static func allowed(_ share: Double, of total: Int) -> Int? {
        guard share > 0, share <= 1 else { return nil }
        // 1e-5 of 100,000 is 1, whatever the rounding of the product.
        return Int((share * Double(total) * (1 + 1e-12)).rounded(.down))
    }
}

/// What a threshold does.
public struct OperatingPoint: Hashable, Sendable, Codable {
    /// The largest L2 distance that is accepted.
    public let threshold: Float
    /// The share of impostor pairs that are accepted.
    public let fmr: Proportion
    /// The share of genuine pairs that are refused.
    public let fnmr: Proportion

    /// The share of genuine pairs that are accepted, 1 − FNMR.
    public var tar: Double { 1 - fnmr.value }
}
