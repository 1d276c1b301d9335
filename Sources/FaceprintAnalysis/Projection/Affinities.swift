import Dispatch
import Faceprint
import Foundation

/// How much each point takes each other one for a neighbour: the joint probabilities of t-SNE (van der Maaten and
/// Hinton, *Visualizing data using t-SNE*, 2008).
struct Affinities: Sendable {
    /// The number of points.
    let count: Int
    /// `count` rounded up to a multiple of 8: the length of a row, so that rows are read in whole SIMD registers.
    let stride: Int
    /// `[count][stride]`, symmetric: pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2n (section 3.1), summing to 1; 0 on the diagonal and beyond
    /// `count`.
    let joint: [Float]

    /// From the squared L2 distances of all pairs.
    ///
    /// - Parameter perplexity: How many neighbours each point has in effect.
    init(of vectors: [[Float]], perplexity: Double) {
        let count = vectors.count
        let stride = (count + 7) / 8 * 8
        let conditional = UnsafeRows(count: count, stride: stride)
        defer { conditional.deallocate() }
        DispatchQueue.concurrentPerform(iterations: count) { i in
            let row = conditional[i]
            for j in 0..<count { row[j] = squaredEuclideanDistance(vectors[i], vectors[j]) }
            Affinities.calibrate(row, own: i, perplexity: perplexity)
        }
        joint = [Float](unsafeUninitializedCapacity: count * stride) { output, initialized in
            output.initialize(repeating: 0)
            for i in 0..<count {
                for j in 0..<count {
                    output[i * stride + j] = (conditional[i][j] + conditional[j][i]) / Float(2 * count)
                }
            }
            initialized = count * stride
        }
        self.count = count
        self.stride = stride
    }

    /// Turns a point's squared distances into the conditional probabilities pⱼ|ᵢ (equation 1) whose perplexity is the
    /// wanted one, found by bisection of the Gaussian's precision. Where no precision gives it, as among points that
    /// are all in one place, they are the nearest to it.
    static func calibrate(_ row: UnsafeMutableBufferPointer<Float>, own: Int, perplexity: Double) {
        let others = row.indices.filter { $0 != own }
        row[own] = 0
        guard let nearest = others.map({ row[$0] }).min() else { return }
        // Seen from the nearest point: a factor that all share doesn't change the probabilities, and keeps far-off
        // points from all rounding to 0.
        let distances = others.map { Double(row[$0] - nearest) }
        let wanted = log(perplexity)
        var (precision, low, high) = (1.0, 0.0, Double.infinity)
        var weights = distances
        var sum = 0.0
        for _ in 0..<100 {
            sum = 0
            var moment = 0.0
            for (i, distance) in distances.enumerated() {
                let weight = exp(-distance * precision)
                weights[i] = weight
                sum += weight
                moment += weight * distance
            }
            let entropy = log(sum) + precision * moment / sum
            guard abs(entropy - wanted) > 1e-5 else { break }
            if entropy > wanted { low = precision } else { high = precision }
            let next = high.isFinite ? (low + high) / 2 : 2 * precision
            guard next.isFinite, next != precision else { break }
            precision = next
        }
        for (i, j) in others.enumerated() { row[j] = Float(weights[i] / sum) }
    }
}

/// Rows of numbers that several threads write at once, each its own.
struct UnsafeRows: @unchecked Sendable {
    private let numbers: UnsafeMutableBufferPointer<Float>
    private let count: Int
    private let stride: Int

    /// All 0.
    init(count: Int, stride: Int) {
        self.count = count
        self.stride = stride
        numbers = .allocate(capacity: count * stride)
        numbers.initialize(repeating: 0)
    }

    func deallocate() { numbers.deallocate() }

    /// The first `count` numbers of a row.
    subscript(row: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(rebasing: numbers[(row * stride)..<(row * stride + count)])
    }
}
