import Faceprint
import FaceprintEvaluation
import Foundation

/// A calibrated threshold, for people and for machines.
struct CalibrationReport: Encodable, CustomStringConvertible {
    let model: String
    let space: EmbeddingSpace
    let calibration: Calibration
    let refusedPhotos: Proportion
    /// Whether so many false matches were seen that the rate is known to about a third.
    let hasEnoughFalseMatches: Bool
    /// What it was stored for.
    let saved: ThresholdRole?

    /// To be 90 % sure of a rate within ±30 % takes 30 errors (Doddington, Przybocki, Martin and Reynolds, *The NIST
    /// speaker recognition evaluation*, 2000).
    private static let enoughFalseMatches = 30

    init(_ calibration: Calibration, _ measured: MeasuredPhotos, saved: ThresholdRole?) {
        model = measured.description
        space = measured.space
        self.calibration = calibration
        refusedPhotos = measured.refusedPhotos
        hasEnoughFalseMatches = calibration.point.fmr.count >= Self.enoughFalseMatches
        self.saved = saved
    }

    var description: String {
        let (fmr, fnmr) = (calibration.point.fmr, calibration.point.fnmr)
        var lines = [
            "threshold \(formatted(calibration.point.threshold)) for a false match rate of \(rate(calibration.wantedFMR))",
            model, "",
            "FMR   \(rate(fmr.value)): \(fmr.count) of \(fmr.total) impostor pairs are accepted; "
                + "95 %: \(rate(calibration.fmrBounds.lower)) to \(rate(calibration.fmrBounds.upper))",
            "FNMR  \(percent(fnmr.value)): \(fnmr.count) of \(fnmr.total) genuine pairs are refused; "
                + "95 %: \(percent(calibration.fnmrBounds.lower)) to \(percent(calibration.fnmrBounds.upper))",
            "refused photos: \(refusedPhotos.count) of \(refusedPhotos.total); their pairs count as refused",
            "bounds: by \(calibration.draws) draws of persons with replacement",
        ]
        if !hasEnoughFalseMatches {
            let pairs = Double(Self.enoughFalseMatches) / calibration.wantedFMR
            lines += [
                "",
                "Too few for certainty: this rests on \(fmr.count) false match\(fmr.count == 1 ? "" : "es"). "
                    + "\(Self.enoughFalseMatches) of them, at this rate, take \(Int(pairs.rounded())) impostor pairs: "
                    + "about \(Int((2 * pairs).squareRoot().rounded(.up))) photos of as many people.",
                "The true rate may be as high as \(rate(calibration.fmrBounds.upper)).",
            ]
        }
        if let saved { lines += ["", "saved as the \(saved.rawValue) threshold of “\(space.model)”"] }
        return lines.joined(separator: "\n")
    }
}

private func rate(_ value: Double) -> String { value == 0 ? "0" : String(format: "%.2g", value) }
private func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }
