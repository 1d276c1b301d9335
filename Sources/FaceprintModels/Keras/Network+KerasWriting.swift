import FaceprintFiles
import Foundation

extension Network {
    /// Writes the network as a whole-model HDF5 file in the form of Keras 2, which Keras 2 and 3 read, and
    /// ``init(kerasFile:architecture:)`` too; whole or not at all. The same network gives the same bytes.
    ///
    /// Keras has no layer for ``Operation/scaledSum(scale:)``: it becomes a `Rescaling` and an `Add`, both Keras' own,
    /// so that no code has to be trusted. Reading the file gives an equal network.
    ///
    /// - Throws: ``ModelError/file(_:)`` where the file can't be written, ``ModelError/unsupportedLayer(name:reason:)``
    ///   for a layer that Keras would leave out, or whose name it refuses, ``ModelError/damagedWeight(layer:weight:reason:)``
    ///   for weights that are not finite, which no reader would take.
    public func write(kerasFile path: String) throws(ModelError) {
        do {
            try HDF5.exclusively {
                let file = try HDF5.NewFile(path)
                try writeKeras(to: try file.root)
                try file.finish()
            }
        } catch let error as ModelError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch let error as HDF5.Failure {
            throw .file(.unwritable(path: path, reason: error.reason))
        } catch {
            throw .file(.unwritable(path: path, reason: "\(error)"))
        }
    }

    /// Writes what a Keras file holds, within ``HDF5/exclusively(_:)``.
    ///
    /// - Throws: ``ModelError`` for a network that Keras wouldn't read, ``HDF5/Failure``.
    package func writeKeras(to root: HDF5.Group) throws {
        let model = KerasModel(self)
        let layers = try model.layersInKerasOrder()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try root.setAttribute("model_config", String(decoding: try encoder.encode(model), as: UTF8.self))
        let weights = try root.group("model_weights")
        for group in [root, weights] {
            try group.setAttribute("keras_version", "2.15.0")
            try group.setAttribute("backend", "tensorflow")
        }
        try KerasNames.write(layers.map(\.name), as: "layer_names", to: weights)
        for layer in layers { try write(layer, to: weights) }
    }

    private func write(_ layer: KerasModelLayer, to weights: HDF5.Group) throws {
        let name = layer.name
        guard !name.isEmpty, name != ".", !name.contains("/"), !name.contains("\0") else {
            throw ModelError.unsupportedLayer(name: name, reason: "Keras takes no layer of that name")
        }
        let group = try weights.group(name)
        try KerasNames.write(layer.weights.map { "\(name)/\($0.name):0" }, as: "weight_names", to: group)
        guard !layer.weights.isEmpty else { return }
        let inner = try group.group(name)
        for (weight, tensor) in layer.weights {
            guard tensor.values.allSatisfy(\.isFinite) else {
                throw ModelError.damagedWeight(
                    layer: name, weight: weight, reason: "it holds numbers that are not finite")
            }
            try inner.write(tensor.values, shape: tensor.shape, as: "\(weight):0")
        }
    }
}
