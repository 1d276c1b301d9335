/// A shift, a turn and a scale in the plane: `x' = a·x − b·y + tx`, `y' = b·x + a·y + ty`.
public struct SimilarityTransform: Hashable, Sendable {
    /// Scale times the cosine of the turn.
    public var a: Float
    /// Scale times the sine of the turn.
    public var b: Float
    public var tx: Float
    public var ty: Float

    public init(a: Float, b: Float, tx: Float, ty: Float) {
        self.a = a
        self.b = b
        self.tx = tx
        self.ty = ty
    }

    /// The one that moves the landmarks of a face nearest to others, by the sum of squared distances: equations
    /// 40–42 of Umeyama, "Least-squares estimation of transformation parameters between two point patterns" (1991),
    /// which have this closed form in the plane.
    ///
    /// - Returns: nil when the points to move all lie in one place, or aren't finite.
    public init?(moving source: Landmarks, onto target: Landmarks) {
        let from = source.points
        let onto = target.points
        let (fromX, fromY) = Self.mean(from)
        let (ontoX, ontoY) = Self.mean(onto)
        var spread: Double = 0
        var along: Double = 0
        var across: Double = 0
        for (p, q) in zip(from, onto) {
            let (px, py) = (Double(p.x) - fromX, Double(p.y) - fromY)
            let (qx, qy) = (Double(q.x) - ontoX, Double(q.y) - ontoY)
            spread += px * px + py * py
            along += px * qx + py * qy
            across += px * qy - py * qx
        }
        guard spread > 0, spread.isFinite, along.isFinite, across.isFinite else { return nil }
        let (a, b) = (along / spread, across / spread)
        self.init(
            a: Float(a), b: Float(b), tx: Float(ontoX - a * fromX + b * fromY),
            ty: Float(ontoY - b * fromX - a * fromY))
    }

    /// The factor by which lengths change.
    public var scale: Float { (a * a + b * b).squareRoot() }

    public func callAsFunction(_ point: Point) -> Point {
        Point(x: a * point.x - b * point.y + tx, y: b * point.x + a * point.y + ty)
    }

    /// The way back; nil for a scale of 0.
    public var inverse: SimilarityTransform? {
        let square = a * a + b * b
        guard square > 0, square.isFinite else { return nil }
        let (ia, ib) = (a / square, -b / square)
        return SimilarityTransform(a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty))
    }

    private static func mean(_ points: [Point]) -> (Double, Double) {
        let count = Double(points.count)
        return (points.reduce(0) { $0 + Double($1.x) } / count, points.reduce(0) { $0 + Double($1.y) } / count)
    }
}
