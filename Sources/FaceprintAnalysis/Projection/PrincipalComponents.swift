/// The directions in which vectors differ most (Pearson, *On lines and planes of closest fit*, 1901): the eigenvectors
/// of their covariance matrix with the largest eigenvalues.
public struct PrincipalComponents: Hashable, Sendable {
    /// Where the vectors' middle is, `[length]`.
    public let mean: [Float]
    /// `[count][length]`, at unit length and right angles to one another, by falling variance. The number of largest
    /// size in each is positive, so that the same vectors give the same signs on each machine.
    public let components: [[Float]]
    /// The share of the vectors' variance along each component, 0…1; 0 where all vectors are the same.
    public let explainedVariance: [Double]

    /// The longest vectors whose covariance matrix is computed.
    public static let longest = 4096

    /// Finds the components.
    ///
    /// - Parameters:
    ///   - vectors: `[n][length]`, n ≥ 1.
    ///   - count: How many components are wanted, 1 or more; no more than a vector has numbers are given.
    /// - Throws: ``AnalysisError``.
    public init(of vectors: [[Float]], count: Int = 2) throws(AnalysisError) {
        let length = try requireVectors(vectors)
        guard length <= Self.longest else {
            throw .tooMany(what: "numbers a vector", found: length, limit: Self.longest)
        }
        guard count >= 1 else {
            throw .outOfRange(what: "the number of components", value: "\(count)", allowed: "1 or more")
        }
        var mean = [Double](repeating: 0, count: length)
        for vector in vectors { for (i, value) in vector.enumerated() { mean[i] += Double(value) } }
        for i in 0..<length { mean[i] /= Double(vectors.count) }
        let covariance = Self.covariance(of: vectors, around: mean)
        let total = (0..<length).reduce(0) { $0 + covariance[$1 * length + $1] }
        let pairs = try largestEigenpairs(of: covariance, side: length, count: min(count, length))
        self.mean = mean.map(Float.init)
        components = pairs.map { pair in
            let largest = pair.vector.max { abs($0) < abs($1) } ?? 0
            return pair.vector.map { Float(largest < 0 ? -$0 : $0) }
        }
        explainedVariance = pairs.map { total > 0 ? min(max($0.value / total, 0), 1) : 0 }
    }

    /// Where a vector lies along each component, seen from the mean.
    ///
    /// - Precondition: the vector is as long as those that the components were found in.
    public func coordinates(of vector: [Float]) -> [Float] {
        precondition(vector.count == mean.count, "a vector of \(vector.count) numbers among those of \(mean.count)")
        return components.map { component in
            var sum: Double = 0
            for i in 0..<mean.count { sum += Double(component[i]) * Double(vector[i] - mean[i]) }
            return Float(sum)
        }
    }

    /// `[length][length]`, row by row, symmetric: Σ(x − mean)(x − mean)ᵀ / n.
    private static func covariance(of vectors: [[Float]], around mean: [Double]) -> [Double] {
        let length = mean.count
        var sums = [Double](repeating: 0, count: length * length)
        var centred = mean
        for vector in vectors {
            for i in 0..<length { centred[i] = Double(vector[i]) - mean[i] }
            sums.withUnsafeMutableBufferPointer { sums in
                for i in 0..<length {
                    let factor = centred[i] / Double(vectors.count)
                    for j in i..<length { sums[i * length + j] += factor * centred[j] }
                }
            }
        }
        for i in 0..<length { for j in 0..<i { sums[i * length + j] = sums[j * length + i] } }
        return sums
    }
}

/// - Returns: The length of each vector, 1 or more.
/// - Throws: ``AnalysisError`` for none, and for vectors that differ in length, are empty or hold a number that isn't
///   finite.
func requireVectors(_ vectors: [[Float]]) throws(AnalysisError) -> Int {
    guard let length = vectors.first?.count else { throw .nothingToShow(what: "vectors") }
    for (place, vector) in vectors.enumerated() {
        guard !vector.isEmpty else { throw .badVector(place: place, reason: "is empty") }
        guard vector.count == length else {
            throw .badVector(place: place, reason: "has \(vector.count) numbers, the first one \(length)")
        }
        guard vector.allSatisfy(\.isFinite) else {
            throw .badVector(place: place, reason: "holds a number that isn't finite")
        }
    }
    return length
}
