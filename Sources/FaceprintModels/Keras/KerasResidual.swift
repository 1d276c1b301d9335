/// The residual step in layers of Keras' own, a `Rescaling` of the branch and an `Add`, and back.
enum KerasResidual {
    /// What the name of the rescaling has besides that of the sum.
    static let suffix = "_scale"

    /// Makes each rescaling and the sum that alone takes it one ``Operation/scaledSum(scale:)``.
    ///
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for a rescaling anywhere else.
    static func folded(_ layers: [KerasLayer], output: String) throws -> [KerasLayer] {
        let takers = Dictionary(
            grouping: layers.flatMap { layer in layer.inputs.map { (input: $0, taker: layer.name) } }, by: \.input)
        let scales = layers.filter { $0.rescaling != nil }
        for scale in scales {
            let sum = layers.first { $0.name == takers[scale.name]?.first?.taker }
            guard takers[scale.name]?.count == 1, scale.name != output, let sum, sum.operation == .scaledSum(scale: 1),
                sum.inputs.count == 2, sum.inputs[1] == scale.name
            else {
                throw ModelError.unsupportedLayer(
                    name: scale.name, reason: "a Rescaling is only known as the second input of an Add")
            }
        }
        let byName = Dictionary(scales.map { ($0.name, $0) }) { first, _ in first }
        return layers.compactMap { layer in
            guard layer.rescaling == nil else { return nil }
            guard layer.inputs.count == 2, let scale = byName[layer.inputs[1]], let factor = scale.rescaling else {
                return layer
            }
            var sum = layer
            sum.operation = .scaledSum(scale: factor)
            sum.inputs[1] = scale.inputs[0]
            return sum
        }
    }
}
