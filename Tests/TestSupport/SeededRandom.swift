import Faceprint

/// The same numbers in each run.
package typealias SeededRandom = SplitMix

extension SplitMix {
    /// Numbers in −scale…scale.
    package mutating func vector(_ count: Int, scale: Float = 1) -> [Float] {
        (0..<count).map { _ in nextSigned() * scale }
    }
}
