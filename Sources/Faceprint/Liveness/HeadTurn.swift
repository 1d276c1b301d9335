import Foundation

/// How a face is turned against the same face seen straight, and how deep it is.
///
/// Eyes and corners of the mouth lie about in a plane. The affine map that brings these four points of the turned face
/// nearest to those of the straight one would bring the nose of a flat picture back to its place too, however that
/// picture is turned, moved or zoomed. The nose of a head, which stands before the plane by z distances between the
/// eyes, comes to lie beside its place by z·tan θ after a turn by θ: the *parallax*. The same map says by which angle
/// the plane is tilted, from how much it is shortened; both together say how deep the face is.
///
/// Near cameras aren't affine, and a homography of the four points would be exact for a flat picture. Measured on real
/// detections it gave the same residuals: detectors place points where a face would have them, and that outweighs it.
public struct HeadTurn: Hashable, Sendable {
    /// How far the nose lies beside its place, in distances between the straight face's eyes: above 0 when it has moved
    /// to the photo's right, which is to the person's left.
    public let parallax: Float
    /// How far the nose lies below its place, in the same unit.
    public let parallaxDown: Float
    /// The angle between the planes of both faces in degrees, 0…90.
    public let tilt: Float
    /// How far it is turned in the photo's plane, in degrees from −180 to 180.
    public let roll: Float

    /// - Parameters:
    ///   - turned: Of the same person as `straight`.
    /// - Returns: nil for points that span no plane, or aren't finite.
    public init?(from straight: Landmarks, to turned: Landmarks) {
        guard let map = AffineMap(moving: turned.plane, onto: straight.plane) else { return nil }
        let nose = map(turned.nose)
        let eyes = (straight.rightEye.x - straight.leftEye.x, straight.rightEye.y - straight.leftEye.y)
        let square = eyes.0 * eyes.0 + eyes.1 * eyes.1
        let moved = (nose.x - straight.nose.x, nose.y - straight.nose.y)
        // Along the line through the eyes, and square to it.
        let aside = (moved.0 * eyes.0 + moved.1 * eyes.1) / square
        let down = (moved.1 * eyes.0 - moved.0 * eyes.1) / square
        guard aside.isFinite, down.isFinite else { return nil }
        let difference = HeadPose(turned).roll - HeadPose(straight).roll
        roll = difference - 360 * (difference / 360).rounded()
        parallax = aside
        parallaxDown = down
        tilt = acos(min(map.shortening, 1)) * 180 / .pi
    }

    /// The depth z at which a face tilted so has this parallax sideways, in distances between the eyes; infinite for a
    /// parallax without a tilt.
    public var depth: Float { abs(parallax) / tan(tilt * .pi / 180) }

    /// The same from the parallax in any direction, so that it holds for a nod too.
    public var depthInAnyDirection: Float { hypot(parallax, parallaxDown) / tan(tilt * .pi / 180) }
}

extension Landmarks {
    /// All but the nose.
    fileprivate var plane: [Point] { [leftEye, rightEye, leftMouth, rightMouth] }
}

/// `x' = a·x + b·y + tx`, `y' = c·x + d·y + ty`.
private struct AffineMap {
    let a, b, c, d, tx, ty: Float

    /// The one with the least sum of squared distances; nil for points in a line.
    init?(moving source: [Point], onto target: [Point]) {
        let count = Float(source.count)
        func mean(_ points: [Point]) -> Point {
            Point(x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
        }
        let (from, onto) = (mean(source), mean(target))
        // Of the source with itself, and of the target with the source.
        var (xx, xy, yy): (Float, Float, Float) = (0, 0, 0)
        var (ux, uy, vx, vy): (Float, Float, Float, Float) = (0, 0, 0, 0)
        for (p, q) in zip(source, target) {
            let (x, y, u, v) = (p.x - from.x, p.y - from.y, q.x - onto.x, q.y - onto.y)
            (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y)
            (ux, uy, vx, vy) = (ux + u * x, uy + u * y, vx + v * x, vy + v * y)
        }
        let determinant = xx * yy - xy * xy
        guard determinant > 1e-6 * (xx + yy) * (xx + yy) else { return nil }
        a = (ux * yy - uy * xy) / determinant
        b = (uy * xx - ux * xy) / determinant
        c = (vx * yy - vy * xy) / determinant
        d = (vy * xx - vx * xy) / determinant
        tx = onto.x - a * from.x - b * from.y
        ty = onto.y - c * from.x - d * from.y
    }

    func callAsFunction(_ point: Point) -> Point {
        Point(x: a * point.x + b * point.y + tx, y: c * point.x + d * point.y + ty)
    }

    /// The smaller of the singular values over the larger: the cosine of the tilt of a plane that is far away.
    var shortening: Float {
        let (sum, difference) = (hypot(a + d, c - b), hypot(a - d, b + c))
        return abs(sum - difference) / (sum + difference)
    }
}
