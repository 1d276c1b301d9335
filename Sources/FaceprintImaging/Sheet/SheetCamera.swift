import Foundation

/// A pinhole camera before a sheet: which place of the picture each of its pixels sees.
///
/// The sheet's own axes have x to the right, y down and z away from the camera; its middle is their origin. Lengths are
/// in distances between the picture's eyes.
struct SheetCamera {
    private let shape: Sheet.Shape
    /// The sheet's axes as the camera sees them.
    private let axes: (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>)
    /// Where the camera stands.
    private let place: SIMD3<Double>

    init(_ sheet: Sheet) {
        shape = sheet.shape
        let (yaw, pitch, roll) = (radians(-sheet.yaw), radians(sheet.pitch), radians(sheet.roll))
        /// About y, then about x, then about z.
        func turned(_ v: SIMD3<Double>) -> SIMD3<Double> {
            let a = SIMD3(v.x * cos(yaw) + v.z * sin(yaw), v.y, v.z * cos(yaw) - v.x * sin(yaw))
            let b = SIMD3(a.x, a.y * cos(pitch) - a.z * sin(pitch), a.y * sin(pitch) + a.z * cos(pitch))
            return SIMD3(b.x * cos(roll) - b.y * sin(roll), b.x * sin(roll) + b.y * cos(roll), b.z)
        }
        axes = (turned([1, 0, 0]), turned([0, 1, 0]), turned([0, 0, 1]))
        place = Self.along(axes, [-sheet.right, -sheet.down, -sheet.distance])
    }

    /// The place on the picture, from its middle, that is seen in a direction; nil where it looks past the sheet.
    ///
    /// - Parameters: To the right and down, for one ahead.
    func place(right: Double, down: Double) -> (x: Double, y: Double)? {
        let ray = Self.along(axes, [right, down, 1])
        switch shape {
        case .flat: return flat(ray)
        case .bent(let radius): return bent(ray, radius)
        case .folded(let degrees): return folded(ray, radians(degrees))
        }
    }

    private func flat(_ ray: SIMD3<Double>) -> (x: Double, y: Double)? {
        let t = -place.z / ray.z
        return t > 0 && t.isFinite ? (place.x + t * ray.x, place.y + t * ray.y) : nil
    }

    /// Where the ray meets x² + (z − radius)² = radius², whose side towards the camera touches the origin: first for
    /// one that bulges, last for a hollow one.
    private func bent(_ ray: SIMD3<Double>, _ radius: Double) -> (x: Double, y: Double)? {
        let z = place.z - radius
        let a = ray.x * ray.x + ray.z * ray.z
        let b = place.x * ray.x + z * ray.z
        let root = (b * b - a * (place.x * place.x + z * z - radius * radius)).squareRoot()
        let t = (-b - (radius > 0 ? root : -root)) / a
        guard t > 0, t.isFinite else { return nil }
        // The way along the paper.
        let angle = atan2(place.x + t * ray.x, radius > 0 ? -(z + t * ray.z) : z + t * ray.z)
        return (abs(radius) * angle, place.y + t * ray.y)
    }

    /// The nearer one of the halves z = ±x·tan(fold) that the ray meets.
    private func folded(_ ray: SIMD3<Double>, _ fold: Double) -> (x: Double, y: Double)? {
        let hits = [1.0, -1.0].compactMap { side -> (t: Double, x: Double)? in
            let slope = side * tan(fold)
            let t = (slope * place.x - place.z) / (ray.z - slope * ray.x)
            let x = place.x + t * ray.x
            return t > 0 && t.isFinite && side * x >= 0 ? (t, x) : nil
        }
        return hits.min { $0.t < $1.t }.map { ($0.x / cos(fold), place.y + $0.t * ray.y) }
    }

    /// A direction or place of the camera's axes in the sheet's.
    private static func along(
        _ axes: (x: SIMD3<Double>, y: SIMD3<Double>, z: SIMD3<Double>), _ v: SIMD3<Double>
    ) -> SIMD3<Double> {
        [(axes.x * v).sum(), (axes.y * v).sum(), (axes.z * v).sum()]
    }
}

private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
