import Foundation

/// `golden/triplet.json`: published triplets with their loss and its gradients, computed by TensorFlow in 32-bit floats.
public struct GoldenTriplets: Decodable, Sendable {
    public var alpha: Float
    public var anchor, positive, negative: [[Float]]
    public var loss: Float
    public var anchorGradient, positiveGradient, negativeGradient: [[Float]]

    private enum CodingKeys: String, CodingKey {
        case alpha, anchor, positive, negative, loss
        case anchorGradient = "grad_anchor"
        case positiveGradient = "grad_positive"
        case negativeGradient = "grad_negative"
    }

    public init() throws { self = try JSONDecoder().decode(Self.self, from: SharedData.data("golden/triplet.json")) }
}
