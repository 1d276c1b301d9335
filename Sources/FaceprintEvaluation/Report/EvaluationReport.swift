/// Everything that was measured, for people (``html(errors:)``, ``text``) and for machines (`Codable`).
///
/// ```swift
/// let report = EvaluationReport(title: "LFW", model: "facenet", rates: RatesSummary(rates))
/// try File.write(Array(report.html().utf8), to: "report.html")
/// ```
public struct EvaluationReport: Hashable, Sendable, Codable {
    /// A photo that has no embedding, and why: a failure to enroll or to acquire, in the words of ISO/IEC 19795-1.
    public struct Refusal: Hashable, Sendable, Codable {
        public let photo: String
        public let reason: String

        public init(photo: String, reason: String) {
            self.photo = photo
            self.reason = reason
        }
    }

    public var title: String
    /// What was measured: the model, the profile, the photos.
    public var model: String
    /// Of all pairs, where it is known whom each photo shows, otherwise of the list's pairs.
    public var rates: RatesSummary
    /// Of the list's pairs, where ``rates`` are of all pairs of its photos.
    public var listed: RatesSummary?
    /// The threshold in use, drawn into the plots, and its rates.
    public var decision: OperatingPoint?
    /// Of the photos, those that have no embedding.
    public var refusedPhotos: Proportion?
    /// Each of these, in the order of the photos.
    public var refusals: [Refusal]
    /// From file to embedding, without loading the model.
    public var photosPerSecond: Double?
    public var folds: FoldProtocol?
    public var calibration: Calibration?
    public var identification: OpenSetIdentification?
    public var groups: [GroupRates]

    public init(
        title: String, model: String, rates: RatesSummary, listed: RatesSummary? = nil,
        decision: OperatingPoint? = nil, refusedPhotos: Proportion? = nil, refusals: [Refusal] = [],
        photosPerSecond: Double? = nil, folds: FoldProtocol? = nil, calibration: Calibration? = nil,
        identification: OpenSetIdentification? = nil, groups: [GroupRates] = []
    ) {
        self.title = title
        self.model = model
        self.rates = rates
        self.listed = listed
        self.decision = decision
        self.refusedPhotos = refusedPhotos
        self.refusals = refusals
        self.photosPerSecond = photosPerSecond
        self.folds = folds
        self.calibration = calibration
        self.identification = identification
        self.groups = groups
    }
}
