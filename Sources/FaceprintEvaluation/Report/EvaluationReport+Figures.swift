import Foundation

/// A row of the table of figures.
public struct ReportFigure: Hashable, Sendable {
    public let label: String
    public let value: String
    /// Counts, bounds, or how it came about; may be empty.
    public let detail: String
}

extension EvaluationReport {
    /// The table of figures, for the page and for a terminal alike.
    public var figures: [ReportFigure] {
        var rows = [
            ReportFigure(
                label: "Pairs", value: "\(rates.genuinePairs) genuine, \(rates.impostorPairs) impostor",
                detail: "\(rates.refusedGenuinePairs) and \(rates.refusedImpostorPairs) of them have a photo without "
                    + "an embedding and are refused at every threshold")
        ]
        if let refusedPhotos { rows.append(ReportFigure("Photos without an embedding", refusedPhotos)) }
        rows.append(ReportFigure(label: "AUC", value: decimals(rates.areaUnderCurve, 5), detail: ""))
        rows.append(
            ReportFigure(
                label: "EER", value: percent(rates.equalErrorRate.rate),
                detail: "at \(decimals(Double(rates.equalErrorRate.threshold), 4))"))
        if let folds { rows += folds.figures }
        for level in rates.levels { rows.append(level.figure) }
        if let decision {
            let threshold = decimals(Double(decision.threshold), 4)
            rows.append(ReportFigure("FMR at threshold \(threshold)", decision.fmr))
            rows.append(ReportFigure("FNMR at threshold \(threshold)", decision.fnmr))
        }
        if let calibration { rows += calibration.figures }
        if let identification { rows += identification.figures }
        return rows
    }

    /// The title, what was measured, and the figures in columns.
    public var text: String {
        let figures = figures
        let labels = figures.map(\.label.count).max() ?? 0
        let values = figures.map(\.value.count).max() ?? 0
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: width - text.count)
        }
        var lines = [title, model, ""]
        for figure in figures {
            let line = padded(figure.label, to: labels) + "  "
            lines.append(
                figure.detail.isEmpty
                    ? line + figure.value : line + padded(figure.value, to: values) + "  " + figure.detail)
        }
        for group in groups {
            lines.append("\(group.group): FMR \(group.point.fmr.summary), FNMR \(group.point.fnmr.summary)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ReportFigure {
    init(_ label: String, _ share: Proportion) {
        self.init(label: label, value: share.total > 0 ? percent(share.value) : "not measurable", detail: share.detail)
    }
}

extension Proportion {
    fileprivate var detail: String {
        total > 0 ? "\(count) of \(total); 95 %: \(percent(lower)) to \(percent(upper))" : "there are no such pairs"
    }

    /// For a cell: the share with its counts.
    var summary: String { total > 0 ? "\(percent(value)) (\(count) of \(total))" : "not measurable" }
}

extension RatesSummary.Level {
    fileprivate var figure: ReportFigure {
        let rate = scientific(wantedFMR)
        guard let point else {
            return ReportFigure(
                label: "TAR at FMR \(rate)", value: "not measurable",
                detail: "it takes at least \(Int((1 / wantedFMR).rounded())) impostor pairs")
        }
        return ReportFigure(
            label: "TAR at FMR \(rate)", value: percent(point.tar),
            detail: "threshold \(decimals(Double(point.threshold), 4)); \(point.fmr.count) false matches; "
                + "FNMR \(point.fnmr.detail)")
    }
}

extension FoldProtocol {
    fileprivate var figures: [ReportFigure] {
        let far = scientific(wantedFalseAcceptRate)
        return [
            ReportFigure(
                label: "Accuracy, \(folds.count) folds", value: accuracy.percentage,
                detail: "threshold \(decimals(threshold.mean, 4)) on average"),
            ReportFigure(
                label: "VAL at FAR \(far)", value: validationRate.percentage,
                detail: "FAR came out at \(falseAcceptRate.percentage)"
                    + (isFalseAcceptRateObservable
                        ? "" : "; too few impostors for FAR \(far), so no training impostor is accepted")),
        ]
    }
}

extension FoldMean {
    fileprivate var percentage: String { "\(decimals(100 * mean, 2)) ± \(percent(standardError))" }
}

extension Calibration {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure(
                label: "Threshold for FMR \(scientific(wantedFMR))", value: decimals(Double(point.threshold), 4),
                detail: "95 % by \(draws) draws of persons: FMR \(scientific(fmrBounds.lower)) to "
                    + "\(scientific(fmrBounds.upper)), FNMR \(percent(fnmrBounds.lower)) to "
                    + percent(fnmrBounds.upper))
        ]
    }
}

extension OpenSetIdentification {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure(label: "People enrolled", value: "\(enrolled)", detail: "one photo each"),
            ReportFigure("Failures to enroll", failureToEnroll),
            ReportFigure("Rank 1", rankOne),
            ReportFigure("FNIR at threshold \(decimals(Double(threshold), 4))", fnir),
            ReportFigure("FPIR at threshold \(decimals(Double(threshold), 4))", fpir),
        ]
    }
}

func decimals(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// A share as a percentage: two decimals, or three digits of one below 1 %.
func percent(_ share: Double) -> String {
    share == 0 || share >= 0.01 ? decimals(100 * share, 2) + " %" : String(format: "%.3g %%", 100 * share)
}

/// Such as `1e-4`.
func scientific(_ value: Double) -> String {
    let text = String(format: "%.2g", value)
    return text == "0" ? text : value < 0.1 ? shortExponent(of: String(format: "%.1e", value)) : text
}

private func shortExponent(of text: String) -> String {
    text.replacingOccurrences(of: ".0e", with: "e").replacingOccurrences(of: "e-0", with: "e-")
}

/// log₁₀, not below −6: what lies below is off the plots.
func logarithm(_ share: Double) -> Double { max(-6, log10(share)) }
