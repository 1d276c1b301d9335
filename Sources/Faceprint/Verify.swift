/// The answer to *is this the claimed person?*
public struct Verification: Hashable, Sendable {
    /// The L2 distance to the person, 0…2: to the nearest of the templates, or the mean over the nearest few.
    public let distance: Float
    /// The largest distance that is accepted.
    public let threshold: Float

    public init(distance: Float, threshold: Float) {
        self.distance = distance
        self.threshold = threshold
    }

    /// Whether the door opens.
    public var isMatch: Bool { distance <= threshold }
}

/// Decides whether a probe shows the person whom the templates show (1:1).
///
/// The distance to a person is the smallest over the person's templates, or the mean of the few smallest.
///
/// ```swift
/// let decision = try verify(probe, against: templates, threshold: 0.7)
/// if decision.isMatch { print("welcome in") }
/// ```
///
/// - Parameters:
///   - probe: The embedding of the photo.
///   - templates: Of the claimed person, at least one.
///   - threshold: The largest L2 distance that is accepted, 0…2.
///   - nearestTemplates: Over how many of the nearest templates to take the mean, 1 or more; over all of a person who
///     has fewer. Less than 1 counts as 1.
/// - Throws: ``FaceprintError/noTemplates`` when there are none, ``FaceprintError/incomparable(_:_:)`` when they
///   were made by another model or profile than the probe, ``FaceprintError/outOfRange(what:value:allowed:)`` for a
///   threshold that is none.
public func verify(
    _ probe: Embedding, against templates: [Embedding], threshold: Float, nearestTemplates: Int = 1
) throws(FaceprintError) -> Verification {
    try requireThreshold(threshold)
    var distances: [Float] = []
    for template in templates { distances.append(try euclideanDistance(probe, template)) }
    guard !distances.isEmpty else { throw .noTemplates }
    return Verification(
        distance: mean(distances.sorted().prefix(max(nearestTemplates, 1))), threshold: threshold)
}

/// The mean of distances; infinite for none.
func mean(_ distances: some Collection<Float>) -> Float {
    guard let first = distances.first else { return .infinity }
    // One distance is given back as it is, to the last bit.
    return distances.count == 1 ? first : Float(distances.reduce(0.0) { $0 + Double($1) } / Double(distances.count))
}

/// - Throws: ``FaceprintError/outOfRange(what:value:allowed:)`` unless it is a distance of unit vectors, 0…2.
package func requireThreshold(_ threshold: Float) throws(FaceprintError) {
    guard (0...2).contains(threshold) else {
        throw .outOfRange(what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, 0 to 2")
    }
}
