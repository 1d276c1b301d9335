extension Network {
    /// The network up to its last global average pooling, and what follows that, which takes a vector.
    ///
    /// - Returns: nil where there is no such layer, or where what follows takes something else as well.
    public func splitAfterLastPooling() -> (body: Network, head: Network)? {
        guard let last = layers.lastIndex(where: { $0.operation == .globalAveragePooling }), last < layers.count - 1
        else {
            return nil
        }
        let pooling = layers[last]
        let after = layers[(last + 1)...]
        let known = Set(after.map(\.name)).union([pooling.name])
        guard after.allSatisfy({ $0.inputs.allSatisfy(known.contains) }) else { return nil }
        let input = Layer(name: pooling.name, operation: .input, inputs: [], outputShape: pooling.outputShape)
        return (
            Network(name: name, layers: Array(layers[...last]), output: pooling.name),
            Network(name: name, layers: [input] + after, output: output)
        )
    }

    /// The network with the parameters of another, where both have a layer of the same name.
    public func taking(parametersOf other: Network) -> Network {
        let others = Dictionary(other.layers.map { ($0.name, $0.parameters) }) { first, _ in first }
        var result = self
        for index in result.layers.indices {
            if let parameters = others[result.layers[index].name], !parameters.isEmpty {
                result.layers[index].parameters = parameters
            }
        }
        return result
    }
}
