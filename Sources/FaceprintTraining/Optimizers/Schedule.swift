import Foundation

/// The learning rate of each step.
public struct Schedule: Hashable, Sendable {
    public enum Shape: Hashable, Sendable {
        case constant
        /// Half a cosine from the rate down to `floor` times it (Loshchilov and Hutter, *SGDR*, 2017, equation 5).
        case cosine(floor: Float = 0.01)
        /// Times a factor at each of these shares of the steps after the warm-up.
        case steps(at: [Double], factor: Float = 0.1)
        /// Times this at the end, by equal factors from step to step.
        case exponential(end: Float)
    }

    public var rate: Float
    public var shape: Shape
    /// Steps in which the rate rises from 0 in equal parts.
    public var warmUp: Int
    /// All steps, with the warm-up.
    public var total: Int

    public init(rate: Float, shape: Shape = .constant, warmUp: Int = 0, total: Int) {
        self.rate = rate
        self.shape = shape
        self.warmUp = warmUp
        self.total = total
    }

    /// - Parameter step: From 1 to ``total``.
    public func rate(at step: Int) -> Float {
        if step <= warmUp { return rate * Float(step) / Float(warmUp) }
        let share = min(max(Double(step - 1 - warmUp) / Double(max(total - warmUp, 1)), 0), 1)
        switch shape {
        case .constant: return rate
        case .cosine(let floor): return rate * (floor + (1 - floor) * Float((1 + cos(.pi * share)) / 2))
        case .steps(let places, let factor): return rate * pow(factor, Float(places.count { share >= $0 }))
        case .exponential(let end): return rate * Float(pow(Double(end), share))
        }
    }
}
