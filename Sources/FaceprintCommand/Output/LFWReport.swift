import Faceprint
import FaceprintEvaluation
import FaceprintInference
import Foundation

/// What was measured on LFW, for people and for machines.
struct LFWReport: CustomStringConvertible {
    let space: EmbeddingSpace
    let precision: EncoderOptions.Precision
    let photos: Int
    let seconds: Double
    let folds: FoldProtocol
    let pairs: ErrorRates
    let allPairs: ErrorRates
    /// Photos without a face: each of their pairs counts as refused.
    let refusedPhotos: Proportion

    private static let falseMatchRates = [1e-2, 1e-3, 1e-4, 1e-5]

    var description: String {
        var lines = [
            "\(space), \(precision.rawValue)",
            "accuracy        \(percent(folds.accuracy)) at \(formatted(Float(folds.threshold.mean)))",
            "VAL @ FAR 1e-3  \(percent(folds.validationRate))",
            "AUC             \(String(format: "%.5f", pairs.areaUnderCurve))",
            "EER             \(percent(pairs.equalErrorRate.rate)) at \(formatted(pairs.equalErrorRate.threshold))",
            "no face found   \(refusedPhotos.count) of \(photos) photos; their pairs count as refused",
            "speed           \(String(format: "%.1f", Double(photos) / seconds)) photos a second, from file to embedding",
            "",
            "all pairs: \(allPairs.genuine.count) of one person, \(allPairs.impostor.count) of two",
        ]
        for rate in Self.falseMatchRates {
            guard let point = allPairs.operatingPoint(fmr: rate) else {
                lines.append("FMR \(rate): too few pairs to measure it")
                continue
            }
            lines.append(
                "FMR \(rate): FNMR \(percent(point.fnmr.value)) "
                    + "(95 %: \(percent(point.fnmr.lower)) to \(percent(point.fnmr.upper))), TAR \(percent(point.tar)) "
                    + "at \(formatted(point.threshold)), \(point.fmr.count) false matches")
        }
        return lines.joined(separator: "\n")
    }

    /// The same for `--json`.
    var figures: Figures {
        Figures(
            space: space, precision: precision.rawValue, photos: photos, refusedPhotos: refusedPhotos,
            photosPerSecond: Double(photos) / seconds, folds: folds, areaUnderCurve: pairs.areaUnderCurve,
            equalErrorRate: pairs.equalErrorRate,
            allPairs: Self.falseMatchRates.compactMap { rate in
                allPairs.operatingPoint(fmr: rate).map { .init(wantedFMR: rate, point: $0) }
            })
    }

    struct Figures: Encodable {
        struct Row: Encodable {
            let wantedFMR: Double
            let point: OperatingPoint
        }
        let space: EmbeddingSpace
        let precision: String
        let photos: Int
        let refusedPhotos: Proportion
        let photosPerSecond: Double
        let folds: FoldProtocol
        let areaUnderCurve: Double
        let equalErrorRate: EqualErrorRate
        let allPairs: [Row]
    }
}

private func percent(_ rate: Double) -> String { String(format: "%.2f %%", rate * 100) }
private func percent(_ mean: FoldMean) -> String {
    "\(percent(mean.mean)) ± \(String(format: "%.2f", mean.standardError * 100))"
}
