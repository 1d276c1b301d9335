import Faceprint
import FaceprintEvaluation
import Testing

@Suite("Error rates")
struct ErrorRateTests {
    @Test func `A case by hand`() throws {
        let rates = try rates(genuine: [0.2, 0.4, 0.6, 1.0], impostor: [0.5, 0.8, 1.0, 1.2, 1.4])
        let point = rates.operatingPoint(threshold: 0.8)
        #expect(point.fmr.count == 2)
        #expect(point.fmr.value == 0.4)
        #expect(point.fnmr.count == 1)
        #expect(point.tar == 0.75)
        // Of 20 pairs of both kinds: 0.2 and 0.4 are nearer than all 5, 0.6 than 4, 1.0 than 2 and ties with 1.
        #expect(isNear(rates.areaUnderCurve, 16.5 / 20))
        // Between 0.6 (FMR 0.2, FNMR 0.25) and 0.8 (0.4, 0.25), a quarter of the way.
        #expect(isNear(rates.equalErrorRate.rate, 0.25))
        #expect(isNear(Double(rates.equalErrorRate.threshold), 0.65, within: 1e-6))
        #expect(rates.curve.map(\.threshold) == [0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.4])
    }

    @Test func `The threshold for an FMR is the largest impostor distance that keeps it`() throws {
        let impostor = (1...1000).map { Float($0) / 1000 }
        let rates = try rates(genuine: [0.0005, 0.0025, 0.5, .infinity], impostor: impostor.reversed())
        let atThousandth = try #require(rates.operatingPoint(fmr: 1e-3))
        #expect(atThousandth.threshold == 0.001)
        #expect(atThousandth.fmr.count == 1)
        #expect(atThousandth.fnmr.count == 3)
        #expect(rates.operatingPoint(fmr: 0.0029)?.threshold == 0.002)
        #expect(rates.operatingPoint(fmr: 1)?.threshold == 1)
        #expect(rates.operatingPoint(fmr: 0.99e-3) == nil)
        #expect(rates.operatingPoint(fmr: 0) == nil)
        #expect(rates.operatingPoint(fmr: .nan) == nil)
    }

    @Test func `Equal impostor distances are accepted together or not at all`() throws {
        let ties = try rates(genuine: [0.1], impostor: [0.3, 0.3, 0.3, 0.9])
        #expect(ties.operatingPoint(fmr: 0.5)?.threshold == Float(0.3).nextDown)
        #expect(ties.operatingPoint(fmr: 0.5)?.fmr.count == 0)
        #expect(ties.operatingPoint(fmr: 0.75)?.threshold == 0.3)
    }

    @Test func `Two uniform sets have the area and the equal error rate of their closed forms`() throws {
        // Genuine on 0…1, impostors on ½…3/2: P(genuine > impostor) = ½·½². EER where 1 − t = t − ½, at ¾.
        let count = 2000
        let genuine = (0..<count).map { (Float($0) + 0.5) / Float(count) }
        let rates = try rates(genuine: genuine, impostor: genuine.map { $0 + 0.5 })
        #expect(isNear(rates.areaUnderCurve, 0.875, within: 1e-3))
        #expect(isNear(rates.equalErrorRate.rate, 0.25, within: 1e-3))
        #expect(isNear(Double(rates.equalErrorRate.threshold), 0.75, within: 1e-3))
    }

    @Test func `Mirrored sets meet at the mirror`() throws {
        let genuine: [Float] = [0.3, 0.5, 0.7, 0.9, 1.1]
        let rates = try rates(genuine: genuine, impostor: genuine.map { 2 - $0 })
        #expect(isNear(rates.equalErrorRate.rate, 0.2))
    }

    @Test func `Separate sets have no errors; equal sets are a coin's throw`() throws {
        let separate = try rates(genuine: [0.1, 0.2], impostor: [1, 1.1])
        #expect(separate.areaUnderCurve == 1)
        #expect(separate.equalErrorRate.rate == 0)
        let equal = try rates(genuine: [0.1, 0.2, 0.3], impostor: [0.1, 0.2, 0.3])
        #expect(isNear(equal.areaUnderCurve, 0.5))
        #expect(isNear(equal.equalErrorRate.rate, 0.5))
    }

    @Test func `Refused pairs are never accepted, and two of them tie`() throws {
        let rates = try rates(genuine: [0.1, .infinity], impostor: [1, .infinity, .infinity, .nan])
        #expect(rates.operatingPoint(threshold: 2).fnmr.value == 0.5)
        #expect(rates.operatingPoint(threshold: 2).fmr.value == 0.25)
        #expect(rates.genuine.refused == 1)
        #expect(isNear(rates.areaUnderCurve, (4 + 1.5) / 8))
        let none = try FaceprintEvaluationTests.rates(genuine: [.infinity], impostor: [.infinity])
        #expect(none.areaUnderCurve == 0.5)
        #expect(none.equalErrorRate.rate == 0.5)
        #expect(none.operatingPoint(fmr: 1)?.fnmr.value == 1)
    }

    @Test func `Rates need pairs of both kinds`() {
        #expect(throws: EvaluationError.noPairs(kind: "genuine")) { try rates(genuine: [], impostor: [1]) }
        #expect(throws: EvaluationError.noPairs(kind: "impostor")) { try rates(genuine: [1], impostor: []) }
    }

    @Test(arguments: [
        // Computed with 40 digits from the formula.
        (0, 10, 0.0, 0.277_532_799_862_889_2),
        (1, 1000, 0.000_176_546_370_626_1, 0.005_642_558_597_957_9),
        (5, 10, 0.236_593_090_512_564, 0.763_406_909_487_436),
        (10, 10, 0.722_467_200_137_110_8, 1.0),
    ])
    func `Wilson's bounds`(count: Int, total: Int, lower: Double, upper: Double) {
        let share = Proportion(count, of: total)
        #expect(isNear(share.lower, lower, within: 1e-9))
        #expect(isNear(share.upper, upper, within: 1e-9))
    }
}
