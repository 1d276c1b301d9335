import Foundation
import Testing

@testable import FaceprintTraining

@Suite("Schedule")
struct ScheduleTests {
    static let shapes: [Schedule.Shape] = [
        .constant, .cosine(), .cosine(floor: 0.25), .steps(at: [0.5, 0.75]), .exponential(end: 0.01),
    ]

    @Test(arguments: shapes)
    func `Warm-up rises in equal parts to the rate, from where the shape begins`(shape: Schedule.Shape) {
        let schedule = Schedule(rate: 0.5, shape: shape, warmUp: 4, total: 104)
        #expect((1...4).map { schedule.rate(at: $0) } == [0.125, 0.25, 0.375, 0.5])
        #expect(schedule.rate(at: 5) == 0.5)
    }

    @Test(arguments: shapes)
    func `Without warm-up the first step has the rate`(shape: Schedule.Shape) {
        #expect(Schedule(rate: 0.5, shape: shape, total: 100).rate(at: 1) == 0.5)
    }

    @Test(arguments: shapes, [0, 4])
    func `After warm-up the rate never rises, and stays above 0`(shape: Schedule.Shape, warmUp: Int) {
        let schedule = Schedule(rate: 0.5, shape: shape, warmUp: warmUp, total: 100)
        let rates = ((warmUp + 1)...100).map { schedule.rate(at: $0) }
        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(rates.allSatisfy { $0 > 0 })
    }

    @Test func `A cosine is half way at half of the steps, and at its floor after the last`() {
        let schedule = Schedule(rate: 1, shape: .cosine(floor: 0.25), warmUp: 10, total: 110)
        #expect(abs(schedule.rate(at: 61) - 0.625) < 1e-6)
        #expect(abs(schedule.rate(at: 36) - (0.25 + 0.75 * Float(1 + 0.5.squareRoot()) / 2)) < 1e-6)
        #expect(schedule.rate(at: 110) > 0.25 && schedule.rate(at: 110) < 0.2503)
        #expect(schedule.rate(at: 111) == 0.25)
        #expect(schedule.rate(at: 10_000) == 0.25)
    }

    @Test func `Steps fall at their share of what follows the warm-up`() {
        let schedule = Schedule(rate: 1, shape: .steps(at: [0.5, 0.75], factor: 0.5), warmUp: 10, total: 110)
        let rates = [60, 61, 85, 86, 110].map { schedule.rate(at: $0) }
        #expect(rates == [1, 0.5, 0.5, 0.25, 0.25])
    }

    @Test func `An exponential falls by equal factors to its end`() {
        let schedule = Schedule(rate: 2, shape: .exponential(end: 0.01), total: 100)
        #expect(abs(schedule.rate(at: 51) - 0.2) < 1e-6)
        #expect(abs(schedule.rate(at: 101) - 0.02) < 1e-7)
        let factors = (1...99).map { schedule.rate(at: $0 + 1) / schedule.rate(at: $0) }
        let expected = Float(pow(0.01, 0.01))
        #expect(factors.allSatisfy { abs($0 - expected) < 1e-6 })
    }

    @Test(arguments: shapes)
    func `A run that is all warm-up, or has no steps, gives a rate all the same`(shape: Schedule.Shape) {
        #expect(Schedule(rate: 1, shape: shape, warmUp: 4, total: 4).rate(at: 4) == 1)
        #expect(Schedule(rate: 1, shape: shape, total: 0).rate(at: 1) == 1)
    }
}
