/// A share, with the counts that it comes from and its 95 % bounds.
///
/// The bounds are Wilson's score interval (Wilson, *Probable inference, the law of succession, and statistical
/// inference*, 1927): with z = 1.96, p = (k + z²/2 ± z·√(k(n − k)/n + z²/4)) / (n + z²). They hold for independent
/// trials. Pairs that share photos are not: there the true uncertainty is larger, see ``Calibration``.
public struct Proportion: Hashable, Sendable, Codable {
    /// How many, k.
    public let count: Int
    /// Of how many, n.
    public let total: Int
    /// k/n, or 0 of none.
    public let value: Double
    /// The lower 95 % bound.
    public let lower: Double
    /// The upper 95 % bound.
    public let upper: Double

    /// - Precondition: `0 <= count <= total`.
    public init(_ count: Int, of total: Int) {
        precondition(0 <= count && count <= total, "\(count) of \(total) is no share")
        self.count = count
        self.total = total
        guard total > 0 else {
            (value, lower, upper) = (0, 0, 1)
            return
        }
        let (k, n) = (Double(count), Double(total))
        let squaredZ = 1.959_963_984_540_054 * 1.959_963_984_540_054
        let centre = k + squaredZ / 2
        let half = (squaredZ * (k * (n - k) / n + squaredZ / 4)).squareRoot()
        value = k / n
        lower = count == 0 ? 0 : max(0, (centre - half) / (n + squaredZ))
        upper = count == total ? 1 : min(1, (centre + half) / (n + squaredZ))
    }
}
