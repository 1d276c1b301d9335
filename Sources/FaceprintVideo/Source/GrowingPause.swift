import Foundation

/// How long is waited before a source is opened again: twice as long each time, up to a limit.
public struct GrowingPause: Hashable, Sendable {
    /// In seconds.
    public var first: Double
    /// In seconds.
    public var longest: Double

    public init(first: Double = 0.5, longest: Double = 10) {
        self.first = first
        self.longest = longest
    }

    /// - Parameter failures: How many there were in a row, from 1.
    func seconds(after failures: Int) -> Double {
        min(first * exp2(Double(min(failures, 64) - 1)), longest)
    }
}
