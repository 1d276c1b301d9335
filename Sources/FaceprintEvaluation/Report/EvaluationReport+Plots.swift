extension EvaluationReport {
    /// TAR over FMR.
    var roc: Plot {
        // Half of the genuine pairs refused is beyond what anybody looks at; a curve below has the whole axis.
        let lowest = rates.curve.first { logarithm($0.fmr) > Double(lowestFMR) }?.tar ?? 0
        let start = lowest > 0.9 ? 0.9 : lowest > 0.5 ? 0.5 : 0
        var plot = Plot(
            title: "ROC: share of genuine pairs accepted, over the false match rate",
            x: .logarithmic("false match rate (FMR)", from: lowestFMR),
            y: .percent("true accept rate (TAR)", from: start, to: 1, ticks: 5))
        for (curve, style) in curves {
            plot.add(line: curve.filter { $0.fmr >= leastShown }.map { (logarithm($0.fmr), $0.tar) }, style: style)
        }
        if let decision, decision.fmr.value > 0 {
            plot.add(
                dotAt: logarithm(decision.fmr.value), decision.tar, label: thresholdLabel(decision), isAbove: false)
        }
        return plot
    }

    /// FNMR over FMR, both logarithmic.
    var det: Plot {
        var plot = Plot(
            title: "DET: false non-match rate over the false match rate",
            x: .logarithmic("false match rate (FMR)", from: lowestFMR),
            y: .logarithmic("false non-match rate (FNMR)", from: lowestExponent(rates.genuinePairs)))
        for (curve, style) in curves {
            let visible = curve.filter { $0.fmr >= leastShown && $0.fnmr > 0 }
            plot.add(line: visible.map { (logarithm($0.fmr), logarithm($0.fnmr)) }, style: style)
        }
        if let decision, decision.fmr.value > 0, decision.fnmr.value > 0 {
            plot.add(
                dotAt: logarithm(decision.fmr.value), logarithm(decision.fnmr.value), label: thresholdLabel(decision),
                isAbove: true)
        }
        return plot
    }

    /// How distances spread, with the threshold.
    var histogram: Plot {
        let bins = Double(RatesSummary.histogramBins)
        let highest = (rates.genuineHistogram + rates.impostorHistogram).max() ?? 0
        var plot = Plot(
            title: "Distances of genuine and of impostor pairs", x: .linear("L2 distance", to: 2, ticks: 8),
            y: .percent("share of pairs", from: 0, to: highest > 0 ? highest : 1))
        for (shares, style) in [(rates.impostorHistogram, "impostor"), (rates.genuineHistogram, "genuine")] {
            let steps = shares.enumerated().flatMap { bin, share in
                [(x: 2 * Double(bin) / bins, y: share), (x: 2 * Double(bin + 1) / bins, y: share)]
            }
            plot.add(area: steps, style: style)
        }
        if let decision { plot.add(verticalAt: Double(decision.threshold), label: thresholdLabel(decision)) }
        return plot
    }

    private var curves: [(curve: [CurvePoint], style: String)] {
        (listed.map { [($0.curve, "second")] } ?? []) + [(rates.curve, "curve")]
    }

    private func thresholdLabel(_ point: OperatingPoint) -> String {
        "threshold \(decimals(Double(point.threshold), 3))"
    }

    /// What is below is off the plots, and would be drawn on their edge.
    private var leastShown: Double { 1e-6 }

    private var lowestFMR: Int { lowestExponent(rates.impostorPairs) }

    /// The power of ten below one of so many, −6…−1.
    private func lowestExponent(_ count: Int) -> Int {
        max(-6, min(-1, Int(logarithm(1 / Double(count)).rounded(.down))))
    }
}
