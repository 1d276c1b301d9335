import FaceprintFiles

extension Network {
    /// The SHA-256 of all that it learned, layer by layer: what a run starts from.
    public var parametersDigest: String {
        var digest = SHA256.Incremental()
        for layer in layers {
            for (weight, tensor) in layer.parameters.sorted(by: { $0.key < $1.key }) {
                Array("\(layer.name)/\(weight) \(tensor.shape)\n".utf8).withUnsafeBytes { digest.update($0) }
                tensor.values.withUnsafeBytes { digest.update($0) }
            }
        }
        return digest.hex()
    }
}
