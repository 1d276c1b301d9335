/// A network in layers of Keras' own, and the JSON of a Keras 2 functional model that says so.
struct KerasModel: Encodable {
    let layers: [KerasModelLayer]
    private let network: Network

    init(_ network: Network) {
        self.network = network
        let names = Set(network.layers.map(\.name))
        layers = network.layers.flatMap { KerasModelLayer.layers(for: $0, avoiding: names) }
    }

    func encode(to encoder: any Encoder) throws {
        var model = encoder.container(keyedBy: KerasConfig.Key.self)
        try model.encode("Functional", forKey: "class_name")
        var config = model.nestedContainer(keyedBy: KerasConfig.Key.self, forKey: "config")
        try config.encode(network.name, forKey: "name")
        try config.encode(layers, forKey: "layers")
        try config.encode([KerasReference(layer: network.layers[0].name)], forKey: "input_layers")
        try config.encode([KerasReference(layer: network.output)], forKey: "output_layers")
    }

    /// The layers in the order in which Keras itself lists them, which is the order in which it takes weights out of a
    /// file, whatever the names there say: those further from the output first, and among equals those first that
    /// Keras first meets on its way from the output, depth first and along the inputs in their order.
    ///
    /// - Throws: ``ModelError/unsupportedLayer(name:reason:)`` for a layer that doesn't lead to the output, and so is
    ///   no part of a model to Keras.
    func layersInKerasOrder() throws(ModelError) -> [KerasModelLayer] {
        var distances = [network.output: 0]
        for layer in layers.reversed() {
            guard let distance = distances[layer.name] else {
                throw .unsupportedLayer(
                    name: layer.name, reason: "Keras leaves out layers that don't lead to the output")
            }
            for input in layer.inputs { distances[input] = max(distances[input] ?? 0, distance + 1) }
        }
        let inputs = Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0.inputs) })
        var visits: [String: Int] = [:]
        var waiting = [network.output]
        while let name = waiting.popLast() {
            guard visits[name] == nil else { continue }
            visits[name] = visits.count
            waiting += (inputs[name] ?? []).reversed()
        }
        func place(_ layer: KerasModelLayer) -> (Int, Int) { (-(distances[layer.name] ?? 0), visits[layer.name] ?? 0) }
        return layers.sorted { place($0) < place($1) }
    }
}
