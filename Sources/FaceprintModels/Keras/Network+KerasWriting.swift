import FaceprintFiles
import Foundation

extension Network {
    /// Writes the network as a whole-model HDF5 file in the form of Keras 2, which Keras 2 and 3 read, and
    /// ``init(kerasFile:architecture:)`` as well; whole or not at all.
    ///
    /// Keras has no layer for ``Operation/scaledSum(scale:)``: it becomes a `Rescaling` and an `Add`, both Keras' own,
    /// so that no code has to be trusted. Reading the file gives an equal network.
    ///
    /// - Throws: ``ModelError/file(_:)`` where the file can't be written.
    public func write(kerasFile path: String) throws(ModelError) {
        do {
            try HDF5.exclusively {
                let file = try HDF5.NewFile(path)
                let root = try file.root
                try writeKeras(to: root)
                try file.finish()
            }
        } catch let error as FileError {
            throw .file(error)
        } catch let error as HDF5.Failure {
            throw .file(.unwritable(path: path, reason: error.reason))
        } catch {
            throw .file(.unwritable(path: path, reason: "\(error)"))
        }
    }

    /// Writes what a Keras file holds, within ``HDF5/exclusively(_:)``.
    package func writeKeras(to root: HDF5.Group) throws {
        try root.setAttribute("keras_version", "2.15.0")
        try root.setAttribute("backend", "tensorflow")
        let json = try JSONEncoder.sorted.encode(KerasModel(self))
        try root.setAttribute("model_config", String(decoding: json, as: UTF8.self))
        let weights = try root.group("model_weights")
        try weights.setAttribute("keras_version", "2.15.0")
        try weights.setAttribute("backend", "tensorflow")
        try weights.setAttribute("layer_names", layers.map(\.name))
        for (layer, shapes) in zip(layers, inputShapes) {
            let group = try weights.group(layer.name)
            let names = layer.operation.parameterShapes(for: shapes).map(\.name)
            try group.setAttribute("weight_names", names.map { "\(layer.name)/\($0):0" })
            guard !names.isEmpty else { continue }
            let inner = try group.group(layer.name)
            for name in names {
                guard let tensor = layer.parameters[name] else {
                    preconditionFailure("\(layer.name)/\(name) is missing")
                }
                try inner.write(tensor.values, shape: tensor.shape, as: "\(name):0")
            }
        }
    }

    /// Of each layer, those of its inputs.
    private var inputShapes: [[[Int]]] {
        let shapes = Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0.outputShape) })
        return layers.map { $0.inputs.map { shapes[$0] ?? [] } }
    }
}

extension JSONEncoder {
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
