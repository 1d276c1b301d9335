import FaceprintModels
import Testing

@Suite struct ThresholdRateTests {
    private let fused = Thresholds(verification: 1.05, identification: 1.00)

    @Test func theCalibratedPointsAreMet() throws {
        let verification = try #require(fused.falseMatchRate(at: 1.05))
        #expect(abs(verification / 1e-4 - 1) < 1e-4)
        let identification = try #require(fused.falseMatchRate(at: 1.00))
        #expect(abs(identification / 1e-5 - 1) < 1e-4)
        #expect(fused.falseMatchRate(at: 2) == 1)
    }

    @Test func theOddsOfSimilarityRiseTenfoldADecade() {
        #expect(abs(fused.similarity(of: 1.05) - 0.5) < 1e-6)
        #expect(abs(fused.similarity(of: 1.00) - 10.0 / 11) < 1e-5)
        #expect(abs(fused.similarity(of: 0.95) - 100.0 / 101) < 1e-5)
        #expect(fused.similarity(of: 0) > 0.999_999)
        #expect(fused.similarity(of: 1.4) < 1e-6)
    }

    @Test func withoutACalibrationThereIsNoRateButASimilarity() {
        #expect(Thresholds.uncalibrated.falseMatchRate(at: 0.7) == nil)
        #expect(Thresholds.uncalibrated.similarity(of: 0.7) == 0.5)
        #expect(Thresholds.uncalibrated.rangeOfInterest == 0...2)
    }

    @Test func facenetsPointsFitTheMeasuredCurve() throws {
        // 1e-3 was measured at 0.99; the straight line says so within a factor of two.
        let rate = try #require(Thresholds(verification: 0.87, identification: 0.77).falseMatchRate(at: 0.99))
        #expect((0.5e-3...2e-3).contains(rate))
    }
}
