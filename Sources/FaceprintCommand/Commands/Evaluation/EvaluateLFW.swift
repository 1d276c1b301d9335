import Faceprint
import FaceprintEvaluation

extension Command {
    static let evaluateLFW = Command(
        "evaluate lfw", "Measure accuracy by the protocol of Labeled Faces in the Wild, and over all pairs.",
        operands: Operands(usage: "DIR", count: 1...1), options: [.pairs] + Option.evaluation,
        example: """
            $ faceprint evaluate lfw lfw --pairs pairs.txt --report report.html
            Labeled Faces in the Wild
            …
            Protocol, 10 folds
              Accuracy  99.42 ± 0.08 %  threshold 1.0925 on average, chosen on the other folds
            …
            """
    ) { arguments in
        let folder = arguments.operands[0]
        let list = try PairList(lfw: arguments.string("pairs") ?? folder + "/pairs.txt")
        let groups = try Groups(arguments)
        let output = try EvaluationOutput(arguments)
        let settings = try RecognitionSettings(arguments, mode: .throughput)
        let photos = try PhotoSet(of: list, in: folder, knowsPeople: true)
        let measured = try MeasuredPhotos(photos, arguments.faceSelection(default: .central), settings)

        let threshold = settings.thresholds.verification
        let listed = try PairMeasurement(
            of: list, embeddings: measured.embeddingsByName, refused: measured.refusedNames)
        let all = try measured.allPairs()
        let rates = try ErrorRates(genuine: all.genuine, impostor: all.impostor)
        let report = EvaluationReport(
            title: "Labeled Faces in the Wild", model: measured.description,
            rates: RatesSummary(rates, title: "All pairs of the photos"),
            listed: RatesSummary(
                try ErrorRates(genuine: listed.genuine, impostor: listed.impostor), title: "Pairs of the list"),
            decision: rates.operatingPoint(threshold: threshold), refusedPhotos: measured.refusedPhotos,
            refusals: measured.refusals, photosPerSecond: measured.photosPerSecond,
            folds: list.foldCount >= 2 ? try FoldProtocol(listed.pairs) : nil,
            groups: try groups?.rates(of: measured, threshold: threshold) ?? [])
        try output.write(report, WorstDecisions(all, measured))
        return .yes
    }
}
