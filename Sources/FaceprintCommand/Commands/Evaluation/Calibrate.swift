import Faceprint
import FaceprintEvaluation
import FaceprintFiles
import FaceprintModels
import Foundation

extension Command {
    static let calibrate = Command(
        "calibrate", "Choose a threshold for a wanted false match rate, from photos of your own.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("fmr", "RATE", "the false match rate that is wanted, up to 0.01 (default: 1e-4)"),
            .value(
                "pairs", "FILE", "DIR is LFW's: the photos of this list, not one folder a person", completion: .file),
            .choice(
                "save", ["verification", "identification"],
                "make it the model's threshold for this, and keep the distances for “explain”"),
            .face, .json,
        ] + Option.encoding,
        example: """
            $ faceprint calibrate people --fmr 1e-3
            threshold 1.0925 for a false match rate of 1e-3
            …
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let fmr = try arguments.number("fmr", in: 1e-9...0.01) ?? 1e-4
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let role = arguments.string("save").flatMap(ThresholdRole.init)
        if role != nil, arguments.has("profile") || arguments.has("mirror") {
            throw UsageError("--save is for the model's own profile; leave out --profile and --mirror")
        }
        let photos: PhotoSet
        if let pairs = arguments.string("pairs") {
            photos = try PhotoSet(of: PairList(lfw: pairs), in: folder, knowsPeople: true)
        } else {
            photos = try PhotoSet(folder: folder)
        }
        try photos.requireBothKinds()
        try photos.requireImpostors(for: fmr)
        let selection: FaceSelection = arguments.has("pairs") ? .central : .largest
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: selection), settings)
        let all = try measured.allPairs()
        let calibration = try Calibration(
            fmr: fmr, all: all, embeddings: measured.embeddings, identities: measured.identities)
        let report = CalibrationReport(calibration, measured, saved: role)
        if let role {
            try role.save(calibration.point.threshold, for: settings.model)
            try ModelCatalogue(folder: DataFolder().models).setDistances(
                DistanceDistributions(all, of: measured, in: folder))
        }
        Console.line(arguments.has("json") ? try json(report) : report.description)
        return .yes
    }
}

/// What a threshold of the manifest is for.
enum ThresholdRole: String, Encodable {
    case verification, identification

    /// Stores the threshold in the catalogue's manifest; the other one stays.
    func save(_ threshold: Float, for model: RecognitionModel) throws {
        var thresholds = model.thresholds
        switch self {
        case .verification: thresholds.verification = threshold
        case .identification: thresholds.identification = threshold
        }
        try ModelCatalogue(folder: DataFolder().models).setThresholds(thresholds, of: model.name)
    }
}

extension DistanceDistributions {
    /// Of all pairs but those with a refused photo.
    fileprivate init(_ all: AllPairs, of measured: MeasuredPhotos, in folder: String) {
        self.init(
            space: measured.space,
            source: "\(counted(measured.photos.count, "photo", "photos")) of “"
                + URL(fileURLWithPath: folder).lastPathComponent + "”",
            genuine: all.genuine.bins(Self.binCount), impostor: all.impostor.bins(Self.binCount))
    }
}

extension PhotoSet {
    /// - Throws: `EvaluationError.tooFewImpostors` before photos are encoded for nothing.
    fileprivate func requireImpostors(for fmr: Double) throws(EvaluationError) {
        let genuine = Dictionary(grouping: photos) { $0.identity }.values.reduce(0) {
            $0 + $1.count * ($1.count - 1) / 2
        }
        let impostor = photos.count * (photos.count - 1) / 2 - genuine
        guard Double(impostor) * fmr * (1 + 1e-12) >= 1 else { throw .tooFewImpostors(fmr: fmr, found: impostor) }
    }
}
