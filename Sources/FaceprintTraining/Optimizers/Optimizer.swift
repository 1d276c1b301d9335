import CKernels
import Foundation

/// How parameters follow their gradients.
public enum Optimizer: Hashable, Sendable {
    /// Stochastic gradient descent with momentum: `v ← μv + g`, `w ← w − rate · v`
    /// (Sutskever et al., *On the importance of initialization and momentum in deep learning*, 2013, equations 1–4; with
    /// Nesterov's look ahead `w ← w − rate · (g + μv)`). Weight decay is added to the gradient.
    case sgd(momentum: Float = 0.9, looksAhead: Bool = false)
    /// `s ← s + g²`, `w ← w − rate · g / (√s + ε)` (Duchi, Hazan and Singer, *Adaptive subgradient methods*, 2011), with
    /// which FaceNet was trained. Weight decay is added to the gradient.
    case adagrad(epsilon: Float = 1e-7)
    /// With bias-corrected means of the gradient and its square (Kingma and Ba, *Adam*, 2015, algorithm 1). Weight decay
    /// is apart from the gradient, `w ← w − rate · decay · w` (Loshchilov and Hutter, *Decoupled weight decay
    /// regularization*, 2019).
    case adam(meanDecay: Float = 0.9, squareDecay: Float = 0.999, epsilon: Float = 1e-8)

    /// How many numbers it remembers for each parameter's number.
    public var stateCount: Int {
        switch self {
        case .sgd, .adagrad: 1
        case .adam: 2
        }
    }

    /// Changes values by one step.
    ///
    /// - Parameters:
    ///   - states: ``stateCount`` buffers of as many numbers as there are values, zeros before the first step.
    ///   - step: Of all steps, from 1.
    public func update(
        _ values: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
        states: [UnsafeMutableBufferPointer<Float>], rate: Float, decay: Float, step: Int
    ) {
        precondition(states.count == stateCount && gradients.count == values.count, "the optimizer's states fit")
        let (w, g, count) = (values.baseAddress, gradients.baseAddress, values.count)
        switch self {
        case .sgd(let momentum, let looksAhead):
            fp_sgd_step(w, g, states[0].baseAddress, count, rate, momentum, decay, looksAhead)
        case .adagrad(let epsilon):
            fp_adagrad_step(w, g, states[0].baseAddress, count, rate, decay, epsilon)
        case .adam(let meanDecay, let squareDecay, let epsilon):
            var adam = fp_adam(
                rate: rate, mean_decay: meanDecay, square_decay: squareDecay,
                mean_correction: Float(1 / (1 - pow(Double(meanDecay), Double(step)))),
                square_correction: Float(1 / (1 - pow(Double(squareDecay), Double(step)))), epsilon: epsilon,
                decay: decay)
            fp_adam_step(w, g, states[0].baseAddress, states[1].baseAddress, count, &adam)
        }
    }
}
