import Foundation
import TestSupport
import Testing

@testable import FaceprintTraining

@Suite("Optimizer")
struct OptimizerTests {
    /// Values that an optimizer changes, and what it remembers of them.
    private struct Run {
        let optimizer: Optimizer
        let values: FloatBuffer
        let states: [FloatBuffer]

        init(_ optimizer: Optimizer, _ values: [Float]) {
            self.optimizer = optimizer
            self.values = FloatBuffer(values)
            states = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: values.count) }
        }

        func step(_ number: Int, _ gradients: [Float], rate: Float, decay: Float = 0) {
            let gradients = FloatBuffer(gradients)
            withExtendedLifetime(gradients) {
                optimizer.update(
                    values.numbers, gradients: gradients.numbers, states: states.map(\.numbers), rate: rate,
                    decay: decay, step: number)
            }
        }
    }

    /// One number in double precision: its value after each step's gradient, rate and decay, with numbers to remember.
    private typealias Rule = (
        _ value: inout Double, _ states: inout [Double], _ gradient: Double, _ rate: Double, _ decay: Double,
        _ step: Int
    ) -> Void

    private func compare(_ optimizer: Optimizer, decay: Float, _ rule: Rule) {
        var random = SeededRandom(seed: 21)
        // Neither a whole number of registers, nor fewer than one.
        let start = random.vector(53)
        let run = Run(optimizer, start)
        var values = start.map(Double.init)
        var states = values.map { _ in [0.0, 0.0] }
        for step in 1...20 {
            let gradients = random.vector(53, scale: 2)
            let rate = 0.1 / Float(step)
            run.step(step, gradients, rate: rate, decay: decay)
            for i in values.indices {
                rule(&values[i], &states[i], Double(gradients[i]), Double(rate), Double(decay), step)
            }
        }
        LossCheck.expect(run.values.copy, near: values, tolerance: 1e-6, "the values")
        for (index, state) in run.states.enumerated() {
            LossCheck.expect(state.copy, near: states.map { $0[index] }, tolerance: 1e-6, "state \(index)")
        }
    }

    @Test(arguments: [false, true], [Float(0), 0.01])
    func `Gradient descent with momentum`(looksAhead: Bool, decay: Float) {
        let momentum = Double(Float(0.9))
        compare(.sgd(momentum: 0.9, looksAhead: looksAhead), decay: decay) { value, states, gradient, rate, decay, _ in
            let slope = gradient + decay * value
            states[0] = momentum * states[0] + slope
            value -= rate * (looksAhead ? slope + momentum * states[0] : states[0])
        }
    }

    @Test func `Without momentum it is plain gradient descent`() {
        let run = Run(.sgd(momentum: 0), [1, 2])
        run.step(1, [0.5, -1], rate: 0.5)
        run.step(2, [0, 1], rate: 0.25)
        #expect(run.values.copy == [0.75, 2.25])
    }

    /// Sutskever et al., equations 3 and 4, take the gradient at θ + μv; that point is what is stored here.
    @Test func `Looking ahead is Nesterov's accelerated gradient`() {
        let (momentum, rate) = (0.75, 0.125)
        func slope(_ x: Double) -> Double { 2 * x + 1 }
        var (theta, velocity) = (3.0, 0.0)
        let run = Run(.sgd(momentum: 0.75, looksAhead: true), [3])
        for step in 1...30 {
            run.step(step, [Float(slope(Double(run.values.copy[0])))], rate: 0.125)
            velocity = momentum * velocity - rate * slope(theta + momentum * velocity)
            theta += velocity
            #expect(abs(Double(run.values.copy[0]) - (theta + momentum * velocity)) < 1e-5)
        }
    }

    @Test(arguments: [Float(0), 0.01])
    func adagrad(decay: Float) {
        let epsilon = Double(Float(1e-7))
        compare(.adagrad(), decay: decay) { value, states, gradient, rate, decay, _ in
            let slope = gradient + decay * value
            states[0] += slope * slope
            value -= rate * slope / (states[0].squareRoot() + epsilon)
        }
    }

    @Test(arguments: [Float(0), 0.01])
    func adam(decay: Float) {
        let (beta1, beta2) = (Double(Float(0.9)), Double(Float(0.999)))
        compare(.adam(), decay: decay) { value, states, gradient, rate, decay, step in
            states[0] = beta1 * states[0] + (1 - beta1) * gradient
            states[1] = beta2 * states[1] + (1 - beta2) * gradient * gradient
            let mean = states[0] / (1 - pow(beta1, Double(step)))
            let square = states[1] / (1 - pow(beta2, Double(step)))
            value -= rate * (mean / (square.squareRoot() + Double(Float(1e-8))) + decay * value)
        }
    }

    /// The means begin at 0; without their correction the first steps of Adam would be about 3 times as long.
    @Test(arguments: [Float(1e-3), 1, 1e3])
    func `While gradients stay the same, each step of Adam is as long as the rate`(gradient: Float) {
        let run = Run(.adam(), [0, 0])
        for step in 1...5 {
            run.step(step, [gradient, -gradient], rate: 0.5)
            #expect(abs(run.values.copy[0] + 0.5 * Float(step)) < 1e-4)
            #expect(abs(run.values.copy[1] - 0.5 * Float(step)) < 1e-4)
        }
    }

    @Test func `Adam's decay is no gradient, so it is not remembered`() {
        let run = Run(.adam(), [1, -2])
        for step in 1...3 { run.step(step, [0, 0], rate: 0.5, decay: 0.5) }
        #expect(run.values.copy == [0.421875, -0.84375])
        #expect(run.states.allSatisfy { $0.copy.allSatisfy { $0 == 0 } })
    }

    static let all: [Optimizer] = [.sgd(), .sgd(looksAhead: true), .adagrad(), .adam()]

    @Test(arguments: all)
    func `Gradients of 0 change nothing`(optimizer: Optimizer) {
        let run = Run(optimizer, [1, -2, 0])
        for step in 1...3 { run.step(step, [0, 0, 0], rate: 0.5) }
        #expect(run.values.copy == [1, -2, 0])
    }

    /// Parameters lie in buffers of many sizes, and several threads have some each.
    @Test(arguments: all)
    func `The place in a buffer changes no bit`(optimizer: Optimizer) {
        var random = SeededRandom(seed: 22)
        let start = random.vector(100)
        let whole = Run(optimizer, start)
        let pieces = [0..<1, 1..<34, 34..<87, 87..<100].map { ($0, Run(optimizer, Array(start[$0]))) }
        for step in 1...5 {
            let gradients = random.vector(100)
            whole.step(step, gradients, rate: 0.1, decay: 0.01)
            for (range, piece) in pieces { piece.step(step, Array(gradients[range]), rate: 0.1, decay: 0.01) }
        }
        #expect(whole.values.copy == pieces.flatMap { $0.1.values.copy })
    }

    /// Ranks on unlike processors each make the same step, and must stay at the same numbers. Swift rounds after each
    /// multiplication, as the oldest of processors does; one that fuses it with an addition would round differently.
    @Test func `Steps have the same bits on every processor`() {
        var random = SeededRandom(seed: 23)
        let start = random.vector(64)
        let runs = Self.all.map { Run($0, start) }
        var expected = runs.map { _ in start }
        var states = runs.map { _ in [[Float]](repeating: [Float](repeating: 0, count: 64), count: 2) }
        let (momentum, beta1, beta2, rate, decay): (Float, Float, Float, Float, Float) = (0.9, 0.9, 0.999, 0.1, 0.01)
        for step in 1...5 {
            let gradients = random.vector(64)
            for run in runs { run.step(step, gradients, rate: rate, decay: decay) }
            let corrections = [beta1, beta2].map { Float(1 / (1 - pow(Double($0), Double(step)))) }
            for i in 0..<64 {
                for (index, looksAhead) in [false, true].enumerated() {
                    let slope = gradients[i] + decay * expected[index][i]
                    states[index][0][i] = momentum * states[index][0][i] + slope
                    let velocity = states[index][0][i]
                    expected[index][i] -= rate * (looksAhead ? slope + momentum * velocity : velocity)
                }
                let slope = gradients[i] + decay * expected[2][i]
                states[2][0][i] += slope * slope
                expected[2][i] -= rate * slope / (states[2][0][i].squareRoot() + 1e-7)
                states[3][0][i] = beta1 * states[3][0][i] + (1 - beta1) * gradients[i]
                states[3][1][i] = beta2 * states[3][1][i] + (1 - beta2) * gradients[i] * gradients[i]
                let mean = states[3][0][i] * corrections[0]
                let move = mean / ((states[3][1][i] * corrections[1]).squareRoot() + 1e-8)
                expected[3][i] -= rate * (move + decay * expected[3][i])
            }
        }
        for (run, numbers) in zip(runs, expected) {
            #expect(run.values.copy == numbers, "\(run.optimizer)")
        }
    }
}
