import Foundation

extension Thresholds {
    /// The FMRs that the two thresholds were calibrated to.
    public static let verificationRate = 1e-4
    public static let identificationRate = 1e-5

    /// Whether the thresholds are two points of a model's curve, and not only set by hand.
    public var areCalibrated: Bool { verification > identification }

    /// The false match rate of a threshold: how many comparisons of different persons it accepts, 0…1.
    ///
    /// Between the two calibrated points, and a decade beyond each, the logarithm of the FMR is nearly linear in the
    /// distance; further out it is an extrapolation. With v and i for the two thresholds:
    ///
    ///     log10 FMR(d) = −4 + (d − v) / (v − i)
    ///
    /// - Returns: nil for a model that was not calibrated.
    public func falseMatchRate(at distance: Float) -> Double? {
        guard areCalibrated else { return nil }
        return min(Self.verificationRate * pow(10, decades(from: distance)), 1)
    }

    /// How sure a match is, 0…1, for clients that expect a similarity: ½ at the verification threshold, 10/11 at the
    /// identification threshold, 0.99 where the FMR is 1e-6.
    ///
    /// The odds s/(1 − s) are 1e-4/FMR(d): with every tenfold fall of the FMR they rise tenfold. It is the logistic
    /// function of the distance, with slope and middle taken from the calibration.
    public func similarity(of distance: Float) -> Double { 1 / (1 + pow(10, decades(from: distance))) }

    /// The distances to choose a threshold among: FMR 1e-8 to 1e-2, or all of them where the rates aren't known.
    public var rangeOfInterest: ClosedRange<Float> {
        guard areCalibrated else { return 0...2 }
        return max(verification - 4 * decade, 0)...min(verification + 2 * decade, 2)
    }

    /// By how many powers of ten the FMR at a distance is above that at the verification threshold.
    private func decades(from distance: Float) -> Double { Double((distance - verification) / decade) }

    /// The change of distance that changes the FMR tenfold; without a calibration a tenth, as for FaceNet.
    private var decade: Float { areCalibrated ? verification - identification : 0.1 }
}
