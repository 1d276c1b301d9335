/// The answer to *is this the claimed person?*
public struct Verification: Hashable, Sendable {
    /// The L2 distance to the nearest of the person's templates, 0…2.
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
/// The distance to a person is the smallest over the person's templates.
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
/// - Throws: ``FaceprintError/noTemplates`` when there are none, ``FaceprintError/incomparable(_:_:)`` when they
///   were made by another model or profile than the probe, ``FaceprintError/outOfRange(what:value:allowed:)`` for a
///   threshold that is none.
public func verify(
    _ probe: Embedding, against templates: [Embedding], threshold: Float
) throws(FaceprintError) -> Verification {
    try requireThreshold(threshold)
    var nearest = Float.infinity
    for template in templates { nearest = min(nearest, try euclideanDistance(probe, template)) }
    guard nearest.isFinite else { throw .noTemplates }
    return Verification(distance: nearest, threshold: threshold)
}

/// - Throws: ``FaceprintError/outOfRange(what:value:allowed:)`` unless it is a distance of unit vectors, 0…2.
func requireThreshold(_ threshold: Float) throws(FaceprintError) {
    guard (0...2).contains(threshold) else {
        throw .outOfRange(what: "the threshold", value: "\(threshold)", allowed: "an L2 distance, 0 to 2")
    }
}
