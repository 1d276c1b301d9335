/// A point of the curves: ROC draws TAR over FMR, DET draws FNMR over FMR.
public struct CurvePoint: Hashable, Sendable, Codable {
    /// The largest distance that is accepted.
    public let threshold: Float
    public let fmr: Double
    public let fnmr: Double

    /// 1 − FNMR.
    public var tar: Double { 1 - fnmr }
}

/// Where both rates are equal.
public struct EqualErrorRate: Hashable, Sendable, Codable {
    public let rate: Double
    public let threshold: Float
}

extension ErrorRates {
    /// A point for every observed distance, by ascending threshold. The first accepts nobody.
    public var curve: [CurvePoint] {
        var points = [CurvePoint(threshold: 0, fmr: 0, fnmr: 1)]
        points.reserveCapacity(genuine.values.count + impostor.values.count + 1)
        var (g, i) = (0, 0)
        while g < genuine.values.count || i < impostor.values.count {
            let nextGenuine = g < genuine.values.count ? genuine.values[g] : .infinity
            let nextImpostor = i < impostor.values.count ? impostor.values[i] : .infinity
            if nextGenuine <= nextImpostor { g += 1 }
            if nextImpostor <= nextGenuine { i += 1 }
            let accepted = g == 0 ? 0 : genuine.cumulative[g - 1]
            points.append(
                CurvePoint(
                    threshold: min(nextGenuine, nextImpostor),
                    fmr: Double(i == 0 ? 0 : impostor.cumulative[i - 1]) / Double(impostor.count),
                    fnmr: Double(genuine.count - accepted) / Double(genuine.count)))
        }
        return points
    }

    /// The area under the ROC curve, 0…1: the probability that a genuine pair is nearer than an impostor pair,
    /// where a tie counts half (Hanley and McNeil, *The meaning and use of the area under a ROC curve*, 1982). Two
    /// refused pairs are a tie.
    public var areaUnderCurve: Double {
        var area = 0.0
        var (fmr, tar) = (0.0, 0.0)
        for point in curve {
            area += (point.fmr - fmr) * (point.tar + tar) / 2
            (fmr, tar) = (point.fmr, point.tar)
        }
        return area + (1 - fmr) * (1 + tar) / 2
    }

    /// The rate at which FMR and FNMR are equal, on the straight line between the two neighbouring points of the
    /// curve; the threshold is interpolated alike.
    public var equalErrorRate: EqualErrorRate {
        let curve = curve
        let end = CurvePoint(threshold: curve[curve.count - 1].threshold, fmr: 1, fnmr: 0)
        let crossing = curve.firstIndex { $0.fmr >= $0.fnmr } ?? curve.count
        let (before, after) = (curve[crossing - 1], crossing < curve.count ? curve[crossing] : end)
        let gap = before.fnmr - before.fmr
        let share = gap / (gap + after.fmr - after.fnmr)
        return EqualErrorRate(
            rate: before.fmr + share * (after.fmr - before.fmr),
            threshold: before.threshold + Float(share) * (after.threshold - before.threshold))
    }
}
