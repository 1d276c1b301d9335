/// What a report shows of ``ErrorRates``: figures, curves thinned to what a plot can show, histograms.
public struct RatesSummary: Hashable, Sendable, Codable {
    /// The threshold for one wanted FMR.
    public struct Level: Hashable, Sendable, Codable {
        public let wantedFMR: Double
        /// Nil when there are too few impostor pairs to measure it.
        public let point: OperatingPoint?
    }

    /// Which pairs these are, such as `All pairs`: the heading above the figures.
    public let title: String
    public let genuinePairs: Int
    public let impostorPairs: Int
    /// Genuine pairs with a refused photo; they count as refused at every threshold.
    public let refusedGenuinePairs: Int
    /// Impostor pairs with a refused photo.
    public let refusedImpostorPairs: Int
    public let areaUnderCurve: Double
    public let equalErrorRate: EqualErrorRate
    /// FMR 1e-2, 1e-3, 1e-4 and 1e-5.
    public let levels: [Level]
    /// By ascending threshold; neighbours are at most about 1/200 of a plot's side apart.
    public let curve: [CurvePoint]
    /// The share of genuine pairs in each of ``histogramBins`` equal parts of 0…2.
    public let genuineHistogram: [Double]
    /// The share of impostor pairs, likewise.
    public let impostorHistogram: [Double]

    /// The bars of a histogram.
    public static let histogramBins = 100

    public init(_ rates: ErrorRates, title: String = "Pairs") {
        self.title = title
        genuinePairs = rates.genuine.count
        impostorPairs = rates.impostor.count
        refusedGenuinePairs = rates.genuine.refused
        refusedImpostorPairs = rates.impostor.refused
        areaUnderCurve = rates.areaUnderCurve
        equalErrorRate = rates.equalErrorRate
        levels = [1e-2, 1e-3, 1e-4, 1e-5].map { Level(wantedFMR: $0, point: rates.operatingPoint(fmr: $0)) }
        curve = thinned(rates.curve)
        genuineHistogram = rates.genuine.histogram
        impostorHistogram = rates.impostor.histogram
    }
}

/// Leaves out points that a plot would draw on top of one another; the last ones before and after a jump stay.
private func thinned(_ curve: [CurvePoint]) -> [CurvePoint] {
    func isApart(_ a: CurvePoint, _ b: CurvePoint) -> Bool {
        let closest = 1.0 / 200
        return abs(a.fnmr - b.fnmr) > closest || abs(logarithm(a.fmr) - logarithm(b.fmr)) > 6 * closest
            || abs(logarithm(a.fnmr) - logarithm(b.fnmr)) > 6 * closest
    }
    var kept: [CurvePoint] = []
    for (i, point) in curve.enumerated() {
        guard let last = kept.last else {
            kept.append(point)
            continue
        }
        guard isApart(point, last) else { continue }
        if curve[i - 1] != last, isApart(point, curve[i - 1]) { kept.append(curve[i - 1]) }
        kept.append(point)
    }
    if let end = curve.last, end != kept.last { kept.append(end) }
    return kept
}

extension DistanceCounts {
    fileprivate var histogram: [Double] {
        bins(RatesSummary.histogramBins).map { count > 0 ? Double($0) / Double(count) : 0 }
    }

    /// How many of the finite distances lie in each of so many equal parts of 0…2; a distance on the border of two
    /// belongs to the lower one, and what rounding took beyond 2 to the last.
    package func bins(_ bins: Int) -> [Int] {
        let edges = (0...bins).map {
            $0 == 0 ? 0 : count(atMost: $0 == bins ? .greatestFiniteMagnitude : 2 * Float($0) / Float(bins))
        }
        return (0..<bins).map { edges[$0 + 1] - edges[$0] }
    }
}
