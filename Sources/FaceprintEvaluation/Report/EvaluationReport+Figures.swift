extension EvaluationReport {
    /// All figures under their headings, for the page and for a terminal alike.
    public var sections: [ReportSection] {
        var sections: [ReportSection] = []
        if let folds {
            sections.append(ReportSection(title: "Protocol, \(folds.folds.count) folds", figures: folds.figures))
        }
        if let listed { sections.append(ReportSection(title: listed.title, figures: listed.figures)) }
        sections.append(ReportSection(title: rates.title, figures: rates.figures))
        if let decision {
            sections.append(
                ReportSection(title: "At threshold \(distance(decision.threshold))", figures: decision.figures))
        }
        if let calibration { sections.append(ReportSection(title: "Calibration", figures: calibration.figures)) }
        if let identification {
            sections.append(ReportSection(title: "Identification with strangers", figures: identification.figures))
        }
        let photos = photoFigures
        if !photos.isEmpty { sections.append(ReportSection(title: "Photos", figures: photos)) }
        return sections
    }

    /// The few that a reader wants first.
    var keyFigures: [ReportFigure] {
        var figures: [ReportFigure] = []
        if let folds { figures.append(folds.figures[0]) }
        if let identification { figures += identification.figures.filter { $0.label != "People enrolled" }.prefix(4) }
        for level in rates.levels.suffix(2) {
            guard let point = level.point else { continue }
            figures.append(
                ReportFigure(
                    "TAR at FMR \(scientific(level.wantedFMR))", percent(point.tar),
                    "genuine pairs accepted at threshold \(distance(point.threshold))"))
        }
        figures.append(ReportFigure("EER", percent(rates.equalErrorRate.rate), rates.title.lowercased()))
        if let refusedPhotos {
            figures.append(
                ReportFigure(
                    "No embedding", "\(refusedPhotos.count) of \(refusedPhotos.total)", "photos that were refused"))
        }
        return figures
    }

    /// The title, what was measured, and the figures in columns.
    public var text: String {
        let sections = sections
        let figures = sections.flatMap(\.figures)
        let labels = figures.map(\.label.count).max() ?? 0
        let values = figures.map(\.value.count).max() ?? 0
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        var lines = [title, model]
        for section in sections {
            lines += ["", section.title]
            for figure in section.figures {
                let line = "  " + padded(figure.label, to: labels) + "  "
                lines.append(
                    figure.detail.isEmpty
                        ? line + figure.value : line + padded(figure.value, to: values) + "  " + figure.detail)
            }
        }
        if !groups.isEmpty {
            lines += ["", groupTitle]
            let names = groups.map(\.group.count).max() ?? 0
            for group in groups {
                lines.append(
                    "  \(padded(group.group, to: names))  FMR \(group.point.fmr.summary), "
                        + "FNMR \(group.point.fnmr.summary), no embedding \(group.refusedPhotos.summary)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The heading of the groups.
    var groupTitle: String {
        guard let threshold = groups.first?.point.threshold else { return "Groups" }
        return "Groups at threshold \(distance(threshold)), pairs within each"
    }

    private var photoFigures: [ReportFigure] {
        var figures: [ReportFigure] = []
        if let refusedPhotos { figures.append(ReportFigure("Without an embedding", refusedPhotos)) }
        if let photosPerSecond {
            figures.append(ReportFigure("Photos a second", decimals(photosPerSecond, 1), "from file to embedding"))
        }
        return figures
    }
}

extension RatesSummary {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure("Genuine pairs", "\(genuinePairs)", refusal(refusedGenuinePairs)),
            ReportFigure("Impostor pairs", "\(impostorPairs)", refusal(refusedImpostorPairs)),
            ReportFigure("AUC", decimals(areaUnderCurve, 5)),
            ReportFigure(
                "EER", percent(equalErrorRate.rate), "at threshold \(distance(equalErrorRate.threshold))"),
        ] + levels.map(\.figure)
    }

    private func refusal(_ count: Int) -> String {
        count == 0 ? "" : "\(count) with a photo without an embedding: refused at every threshold"
    }
}

extension RatesSummary.Level {
    fileprivate var figure: ReportFigure {
        let label = "FNMR at FMR \(scientific(wantedFMR))"
        guard let point else {
            return ReportFigure(
                label, "not measurable", "it takes at least \(Int((1 / wantedFMR).rounded())) impostor pairs")
        }
        return ReportFigure(
            label, percent(point.fnmr.value),
            "\(point.fnmr.detail); TAR \(percent(point.tar)); threshold \(distance(point.threshold)), false matches "
                + "\(point.fmr.count) (FMR 95 %: \(scientific(point.fmr.lower)) to \(scientific(point.fmr.upper)))")
    }
}

extension OperatingPoint {
    fileprivate var figures: [ReportFigure] {
        let right = fmr.total - fmr.count + fnmr.total - fnmr.count
        return [
            ReportFigure("FMR", fmr), ReportFigure("FNMR", fnmr),
            ReportFigure("Decided rightly", Proportion(right, of: fmr.total + fnmr.total)),
        ]
    }
}

extension FoldProtocol {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure(
                "Accuracy", accuracy.percentage,
                "threshold \(decimals(threshold.mean, 4)) on average, chosen on the other folds"),
            ReportFigure(
                "VAL at FAR \(scientific(wantedFalseAcceptRate))", validationRate.percentage,
                "FAR came out at \(falseAcceptRate.percentage)"
                    + (isFalseAcceptRateObservable
                        ? ""
                        : "; too few impostors for FAR \(scientific(wantedFalseAcceptRate)), so no training impostor "
                            + "is accepted")),
        ]
    }
}

extension Calibration {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure(
                "Threshold for FMR \(scientific(wantedFMR))", distance(point.threshold),
                "95 % by \(draws) draws of persons: FMR \(scientific(fmrBounds.lower)) to "
                    + "\(scientific(fmrBounds.upper)), FNMR \(percent(fnmrBounds.lower)) to "
                    + percent(fnmrBounds.upper))
        ]
    }
}

extension OpenSetIdentification {
    fileprivate var figures: [ReportFigure] {
        [
            ReportFigure(
                "People enrolled", "\(enrolled)", "one photo each; who is a stranger follows from seed \(seed)"),
            ReportFigure("Rank 1", rankOne),
            ReportFigure("FNIR at threshold \(distance(threshold))", fnir),
            ReportFigure("FPIR at threshold \(distance(threshold))", fpir),
            ReportFigure("Failures to enroll", failureToEnroll),
        ]
    }
}
