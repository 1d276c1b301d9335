import CKernels

/// The squared L2 distance of two vectors of one length: Σ(aᵢ − bᵢ)².
///
/// For unit vectors it lies in 0…4 and equals 2 − 2·cos.
///
/// - Precondition: `a.count == b.count`.
public func squaredEuclideanDistance(_ a: [Float], _ b: [Float]) -> Float {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) numbers have no distance")
    return fp_squared_distance(a, b, a.count)
}

/// The L2 distance of two embeddings, 0…2: the measure that FaceNet is trained for and thresholds are set on.
///
/// - Throws: ``FaceprintError/incomparable(_:_:)`` when the embeddings were made by different models or profiles.
public func euclideanDistance(_ a: Embedding, _ b: Embedding) throws(FaceprintError) -> Float {
    try requireComparable(a, b)
    return squaredEuclideanDistance(a.values, b.values).squareRoot()
}

/// The cosine distance of two embeddings, 1 − cos, 0…2. It equals half the squared L2 distance.
///
/// - Throws: ``FaceprintError/incomparable(_:_:)`` when the embeddings were made by different models or profiles.
public func cosineDistance(_ a: Embedding, _ b: Embedding) throws(FaceprintError) -> Float {
    try requireComparable(a, b)
    return squaredEuclideanDistance(a.values, b.values) / 2
}

/// - Throws: ``FaceprintError/incomparable(_:_:)`` unless both are of one space and length.
func requireComparable(_ a: Embedding, _ b: Embedding) throws(FaceprintError) {
    guard a.space == b.space else { throw .incomparable("\(a.space)", "\(b.space)") }
    guard a.count == b.count else { throw .incomparable("\(a.count) numbers", "\(b.count) numbers") }
}
