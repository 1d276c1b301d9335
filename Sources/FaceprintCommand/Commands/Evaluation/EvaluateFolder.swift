import Faceprint
import FaceprintEvaluation
import Foundation

extension Command {
    static let evaluateFolder = Command(
        "evaluate folder", "Measure error rates and identification on a folder of people, one folder each.",
        operands: Operands(usage: "DIR", count: 1...1, completion: .folder),
        options: [
            .value("strangers", "SHARE", "the share of people who aren't enrolled, 0 to 1 (default: 0.5)"),
            .value("seed", "N", "which people these are follows from it (default: 1)"),
        ] + Option.evaluation,
        example: """
            $ faceprint evaluate folder people --strangers 0.3 --report report.html
            …
            Identification with strangers
              Rank 1  98.21 %  55 of 56; 95 %: 90.55 % to 99.68 %
            …
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let strangers = try arguments.number("strangers", in: 0...1.0) ?? 0.5
        let seed = try arguments.number("seed", in: 0...UInt64.max) ?? 1
        let groups = try Groups(arguments)
        let output = try EvaluationOutput(arguments)
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let photos = try PhotoSet(folder: folder)
        try photos.requireBothKinds()
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .largest), settings)

        let thresholds = settings.thresholds
        let all = try measured.allPairs()
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        let report = EvaluationReport(
            title: URL(fileURLWithPath: folder).lastPathComponent, model: measured.description,
            rates: RatesSummary(rates, title: "All pairs of the photos"),
            decision: rates.operatingPoint(threshold: thresholds.verification),
            refusedPhotos: measured.refusedPhotos, refusals: measured.refusals,
            photosPerSecond: measured.photosPerSecond,
            identification: try OpenSetIdentification(
                embeddings: measured.embeddings, identities: measured.identities,
                threshold: thresholds.identification, strangers: strangers, seed: seed),
            groups: try groups?.rates(of: measured, threshold: thresholds.verification) ?? [])
        try output.write(report, WorstDecisions(all, measured))
        return .yes
    }
}

extension PhotoSet {
    /// - Throws: `EvaluationError.noPairs` when no person has two photos or there is only one person, before photos
    ///   are encoded for nothing.
    func requireBothKinds() throws(EvaluationError) {
        let people = Dictionary(grouping: photos) { $0.identity }
        guard people.values.contains(where: { $0.count >= 2 }) else { throw .noPairs(kind: "genuine") }
        guard people.count >= 2 else { throw .noPairs(kind: "impostor") }
    }
}
