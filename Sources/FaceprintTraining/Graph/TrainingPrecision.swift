/// The arithmetic of activations in training. Parameters, their gradients and the statistics are always 32-bit floats.
public enum TrainingPrecision: String, Hashable, Sendable, Codable, CaseIterable {
    case f32
    case bf16
}
