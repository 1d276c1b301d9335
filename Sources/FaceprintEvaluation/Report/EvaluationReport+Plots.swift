extension EvaluationReport {
    /// TAR over FMR.
    var roc: Plot {
        var plot = Plot(
            title: "ROC: share of genuine pairs accepted, over the false match rate",
            x: .logarithmic("FMR", from: lowestExponent(rates.impostorPairs)), y: .linear("TAR", to: 1, ticks: 5))
        plot.add(line: rates.curve.filter { $0.fmr >= leastShown }.map { (logarithm($0.fmr), $0.tar) }, style: "curve")
        return plot
    }

    /// FNMR over FMR, both logarithmic.
    var det: Plot {
        var plot = Plot(
            title: "DET: false non-match rate over the false match rate",
            x: .logarithmic("FMR", from: lowestExponent(rates.impostorPairs)),
            y: .logarithmic("FNMR", from: lowestExponent(rates.genuinePairs)))
        let visible = rates.curve.filter { $0.fmr >= leastShown && $0.fnmr > 0 }
        plot.add(line: visible.map { (logarithm($0.fmr), logarithm($0.fnmr)) }, style: "curve")
        return plot
    }

    /// How distances spread, with the threshold.
    var histogram: Plot {
        let bins = Double(RatesSummary.histogramBins)
        let highest = (rates.genuineHistogram + rates.impostorHistogram).max() ?? 0
        var plot = Plot(
            title: "Distances of genuine and of impostor pairs", x: .linear("L2 distance", to: 2, ticks: 8),
            y: .linear("share of pairs", to: highest > 0 ? highest : 1, ticks: 4, digits: 3))
        for (shares, style) in [(rates.impostorHistogram, "impostor"), (rates.genuineHistogram, "genuine")] {
            let steps = shares.enumerated().flatMap { bin, share in
                [(x: 2 * Double(bin) / bins, y: share), (x: 2 * Double(bin + 1) / bins, y: share)]
            }
            plot.add(area: steps, style: style)
        }
        if let decision {
            plot.add(
                verticalAt: Double(decision.threshold),
                label: "threshold \(decimals(Double(decision.threshold), 3))")
        }
        return plot
    }

    /// What is below is off the plots, and would be drawn on their edge.
    private var leastShown: Double { 1e-6 }

    /// The power of ten below one of so many, −6…−1.
    private func lowestExponent(_ count: Int) -> Int {
        max(-6, min(-1, Int(logarithm(1 / Double(count)).rounded(.down))))
    }
}
