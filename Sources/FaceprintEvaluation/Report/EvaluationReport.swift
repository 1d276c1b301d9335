/// Everything that was measured, for people (``html(errors:)``, ``text``) and for machines (`Codable`).
///
/// ```swift
/// let report = EvaluationReport(title: "LFW", model: "facenet", rates: RatesSummary(rates), threshold: 0.99)
/// try File.write(Array(report.html().utf8), to: "report.html")
/// ```
public struct EvaluationReport: Hashable, Sendable, Codable {
    public var title: String
    /// What was measured: the model, the profile, the photos.
    public var model: String
    public var rates: RatesSummary
    /// The threshold in use, drawn into the histogram, and its rates.
    public var decision: OperatingPoint?
    /// Of the photos, those that have no embedding.
    public var refusedPhotos: Proportion?
    public var folds: FoldProtocol?
    public var calibration: Calibration?
    public var identification: OpenSetIdentification?
    public var groups: [GroupRates]

    public init(
        title: String, model: String, rates: RatesSummary, decision: OperatingPoint? = nil,
        refusedPhotos: Proportion? = nil, folds: FoldProtocol? = nil, calibration: Calibration? = nil,
        identification: OpenSetIdentification? = nil, groups: [GroupRates] = []
    ) {
        self.title = title
        self.model = model
        self.rates = rates
        self.decision = decision
        self.refusedPhotos = refusedPhotos
        self.folds = folds
        self.calibration = calibration
        self.identification = identification
        self.groups = groups
    }
}
