import Faceprint

/// Vectors around some middles, in a fixed order: the first middle's, the second one's, …
func clusters(of size: Int, around middles: [[Float]], spread: Float, seed: UInt64 = 5) -> [[Float]] {
    var random = SplitMix(seed: seed)
    return middles.flatMap { middle in
        (0..<size).map { _ in middle.map { $0 + spread * random.nextSigned() } }
    }
}

/// Middles that are far from one another: 1 along one direction each.
func unitMiddles(_ count: Int, length: Int) -> [[Float]] {
    (0..<count).map { i in (0..<length).map { $0 == i ? 1 : 0 } }
}
