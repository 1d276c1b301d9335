extension KerasArchitecture {
    /// The layers without each `Rescaling` that feeds the second input of one `Add`, which becomes a
    /// ``Operation/scaledSum(scale:)`` of that scale.
    ///
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for a `Rescaling` anywhere else.
    static func joiningRescalings(_ layers: [KerasLayer]) throws -> [KerasLayer] {
        let uses = Dictionary(layers.flatMap(\.inputs).map { ($0, 1) }, uniquingKeysWith: +)
        var waiting: [String: KerasLayer] = [:]
        var joined: [KerasLayer] = []
        for var layer in layers {
            if layer.className == "Rescaling" {
                waiting[layer.name] = layer
                continue
            }
            if layer.className == "Add", layer.inputs.count == 2, uses[layer.inputs[1]] == 1,
                let rescaling = waiting.removeValue(forKey: layer.inputs[1]), rescaling.inputs.count == 1
            {
                layer.operation = rescaling.operation
                layer.inputs[1] = rescaling.inputs[0]
            }
            joined.append(layer)
        }
        if let layer = layers.first(where: { waiting[$0.name] != nil }) {
            throw ModelError.unsupportedLayer(
                name: layer.name, reason: "a Rescaling is known only as the second input of an Add")
        }
        return joined
    }
}
