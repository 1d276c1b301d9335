import Faceprint
import FaceprintEvaluation
import Foundation

extension Command {
    static let evaluatePairs = Command(
        "evaluate pairs", "Measure error rates on a list of pairs of photos.",
        operands: Operands(usage: "FILE", count: 1...1),
        options: [
            .value(
                "root", "DIR", "the folder that the list's paths are in (default: the list's own)", completion: .folder)
        ] + Option.evaluation,
        example: """
            $ cat pairs.csv
            ann/1.jpg,ann/2.jpg,1
            ann/1.jpg,bob/1.jpg,0
            $ faceprint evaluate pairs pairs.csv --report report.html
            …
            """
    ) { arguments in
        let path = arguments.operands[0]
        let list = try PairList(paths: path)
        let groups = try Groups(arguments)
        let output = try EvaluationOutput(arguments)
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let root = arguments.string("root") ?? URL(fileURLWithPath: path).deletingLastPathComponent().path
        // Both kinds are there, or nothing could be said in the end.
        for (isGenuine, kind) in [(true, "genuine"), (false, "impostor")]
        where !list.pairs.contains(where: { $0.isGenuine == isGenuine }) {
            throw EvaluationError.noPairs(kind: kind)
        }
        let photos = try PhotoSet(of: list, in: root, knowsPeople: false)
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .largest), settings)

        let threshold = settings.thresholds.verification
        let listed = try PairMeasurement(
            of: list, embeddings: measured.embeddingsByName, refused: measured.refusedNames)
        let rates = try ErrorRates(genuine: listed.genuine, impostor: listed.impostor)
        let report = EvaluationReport(
            title: URL(fileURLWithPath: path).lastPathComponent, model: measured.description,
            rates: RatesSummary(rates, title: "Pairs of the list"),
            decision: rates.operatingPoint(threshold: threshold), refusedPhotos: measured.refusedPhotos,
            refusals: measured.refusals, photosPerSecond: measured.photosPerSecond,
            groups: try groups?.rates(of: listed.pairs, measured, threshold: threshold) ?? [])
        try output.write(report, WorstDecisions(listed.pairs, measured))
        return .yes
    }
}
