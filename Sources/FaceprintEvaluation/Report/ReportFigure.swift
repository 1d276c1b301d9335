/// A row of the table of figures.
public struct ReportFigure: Hashable, Sendable {
    public let label: String
    public let value: String
    /// Counts, bounds, or how it came about; may be empty.
    public let detail: String

    init(_ label: String, _ value: String, _ detail: String = "") {
        self.label = label
        self.value = value
        self.detail = detail
    }

    init(_ label: String, _ share: Proportion) {
        self.init(label, share.total > 0 ? percent(share.value) : "not measurable", share.detail)
    }
}

/// Figures under one heading.
public struct ReportSection: Hashable, Sendable {
    public let title: String
    public let figures: [ReportFigure]
}

extension Proportion {
    /// The counts and bounds.
    var detail: String {
        total > 0 ? "\(count) of \(total); 95 %: \(percent(lower)) to \(percent(upper))" : "there are no such pairs"
    }

    /// For a cell: the share with its counts.
    var summary: String { total > 0 ? "\(percent(value)) (\(count) of \(total))" : "not measurable" }
}

extension FoldMean {
    var percentage: String { "\(decimals(100 * mean, 2)) ± \(decimals(100 * standardError, 2)) %" }
}
