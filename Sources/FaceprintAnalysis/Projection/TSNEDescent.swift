import Dispatch
import Foundation

/// Points on their way down the Kullback-Leibler divergence of t-SNE.
struct TSNEDescent {
    private let affinities: Affinities
    /// The coordinates of all points, padded to whole registers with points too far off to matter.
    private var xs: [Float]
    private var ys: [Float]
    private var velocities: [MapPoint]
    /// Factors of the rate, one a coordinate.
    private var gains: [MapPoint]

    init(_ affinities: Affinities, from points: [MapPoint]) {
        self.affinities = affinities
        let padding = [Float](repeating: 1e15, count: affinities.stride - affinities.count)
        xs = points.map(\.x) + padding
        ys = points.map(\.y) + padding
        velocities = [MapPoint](repeating: MapPoint(x: 0, y: 0), count: points.count)
        gains = [MapPoint](repeating: MapPoint(x: 1, y: 1), count: points.count)
    }

    var points: [MapPoint] { (0..<affinities.count).map { MapPoint(x: xs[$0], y: ys[$0]) } }

    /// One step, after which the points' middle is 0.
    mutating func step(exaggeration: Float, momentum: Float, rate: Float) {
        let gradient = gradient(exaggeration: exaggeration)
        for i in gradient.indices {
            gains[i].x = Self.gain(gains[i].x, gradient[i].x, velocities[i].x)
            gains[i].y = Self.gain(gains[i].y, gradient[i].y, velocities[i].y)
            velocities[i].x = momentum * velocities[i].x - rate * gains[i].x * gradient[i].x
            velocities[i].y = momentum * velocities[i].y - rate * gains[i].y * gradient[i].y
            xs[i] += velocities[i].x
            ys[i] += velocities[i].y
        }
        let count = affinities.count
        let middle = (xs[..<count].reduce(0, +) / Float(count), ys[..<count].reduce(0, +) / Float(count))
        for i in 0..<count {
            xs[i] -= middle.0
            ys[i] -= middle.1
        }
    }

    /// Grows while the coordinate keeps its direction, and shrinks when it turns back.
    private static func gain(_ gain: Float, _ gradient: Float, _ velocity: Float) -> Float {
        max((gradient > 0) == (velocity > 0) ? gain * 0.8 : gain + 0.2, 0.01)
    }

    /// ∂C/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²) (equation 5), each p times the exaggeration.
    func gradient(exaggeration: Float = 1) -> [MapPoint] {
        let forces = forces()
        let normalizer = Float(forces.reduce(0.0) { $0 + Double($1.weight) })
        guard normalizer > 0 else { return forces.map { _ in MapPoint(x: 0, y: 0) } }
        return forces.map { force in
            MapPoint(
                x: 4 * (exaggeration * force.attraction.x - force.repulsion.x / normalizer),
                y: 4 * (exaggeration * force.attraction.y - force.repulsion.y / normalizer))
        }
    }

    /// KL(P‖Q) = Σ pᵢⱼ ln(pᵢⱼ / qᵢⱼ), in nats.
    var divergence: Double {
        let normalizer = forces().reduce(0.0) { $0 + Double($1.weight) }
        var sum = 0.0
        for i in 0..<affinities.count {
            for j in 0..<affinities.count {
                let p = Double(affinities.joint[i * affinities.stride + j])
                guard p > 0 else { continue }
                let (dx, dy) = (Double(xs[i] - xs[j]), Double(ys[i] - ys[j]))
                sum += p * (log(p) + log(1 + dx * dx + dy * dy) + log(normalizer))
            }
        }
        return sum
    }

    /// What acts on one point. With w = 1 / (1 + ‖yᵢ − yⱼ‖²), the numerator of qᵢⱼ:
    private struct Force: Sendable {
        /// Σⱼ pᵢⱼ w (yᵢ − yⱼ)
        var attraction = MapPoint(x: 0, y: 0)
        /// Σⱼ w² (yᵢ − yⱼ)
        var repulsion = MapPoint(x: 0, y: 0)
        /// Σⱼ w over the other points
        var weight: Float = 0
    }

    /// Each point's sums are made by one thread in one order, so that the number of threads changes nothing.
    private func forces() -> [Force] {
        let (count, stride) = (affinities.count, affinities.stride)
        return [Force](unsafeUninitializedCapacity: count) { forces, initialized in
            forces.initialize(repeating: Force())
            nonisolated(unsafe) let output = forces
            let chunks = min(count, 64)
            xs.withUnsafeBytes { xs in
                ys.withUnsafeBytes { ys in
                    affinities.joint.withUnsafeBytes { joint in
                        nonisolated(unsafe) let (xs, ys, joint) = (xs, ys, joint)
                        DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
                            for i in (chunk * count / chunks)..<((chunk + 1) * count / chunks) {
                                let row = UnsafeRawBufferPointer(
                                    rebasing: joint[(i * stride * 4)..<((i + 1) * stride * 4)])
                                output[i] = Self.force(on: i, xs, ys, row)
                            }
                        }
                    }
                }
            }
            initialized = count
        }
    }

    /// - Parameters: `xs`, `ys` and `affinities` are numbers of whole registers.
    private static func force(
        on own: Int, _ xs: UnsafeRawBufferPointer, _ ys: UnsafeRawBufferPointer, _ affinities: UnsafeRawBufferPointer
    ) -> Force {
        let x = SIMD8<Float>(repeating: xs.load(fromByteOffset: 4 * own, as: Float.self))
        let y = SIMD8<Float>(repeating: ys.load(fromByteOffset: 4 * own, as: Float.self))
        var (attractionX, attractionY) = (SIMD8<Float>(), SIMD8<Float>())
        var (repulsionX, repulsionY, weights) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        for offset in Swift.stride(from: 0, to: affinities.count, by: 32) {
            let dx = x - xs.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            let dy = y - ys.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            var weight = 1 / (1 + dx * dx + dy * dy)
            // Nothing acts on itself.
            if offset == own / 8 * 32 { weight[own % 8] = 0 }
            let pull = affinities.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self) * weight
            let push = weight * weight
            attractionX += pull * dx
            attractionY += pull * dy
            repulsionX += push * dx
            repulsionY += push * dy
            weights += weight
        }
        return Force(
            attraction: MapPoint(x: attractionX.sum(), y: attractionY.sum()),
            repulsion: MapPoint(x: repulsionX.sum(), y: repulsionY.sum()), weight: weights.sum())
    }
}
