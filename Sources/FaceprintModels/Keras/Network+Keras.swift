import FaceprintFiles
import Foundation

extension Network {
    /// Reads a Keras functional model: a whole-model `.h5`, or an architecture (`model.json`) and a
    /// weights-only `.h5`.
    ///
    /// Nothing is left out: every layer of the file becomes a ``Layer`` of the same name, but for a `Rescaling`, which
    /// becomes the scale of the sum that it feeds, and every weight of the file belongs to one.
    ///
    /// - Parameters:
    ///   - path: The HDF5 file.
    ///   - architecture: The JSON file; nil when the HDF5 file holds the architecture.
    /// - Throws: ``ModelError``, which names the layer or weight that is unknown, missing, unused, damaged or
    ///   of another shape.
    public init(kerasFile path: String, architecture: String? = nil) throws(ModelError) {
        do {
            self = try HDF5.exclusively {
                var weights = try KerasWeights(path: path)
                return try Network(Self.architecture(file: architecture, weights: weights), weights: &weights)
            }
        } catch let error as ModelError {
            throw error
        } catch {
            throw .notHDF5(path: path, reason: "\(error)")
        }
    }

    private static func architecture(
        file: String?, weights: KerasWeights
    ) throws -> KerasArchitecture {
        if let file {
            let bytes: [UInt8]
            do { bytes = try File.read(file, limit: 64 << 20) } catch { throw ModelError.file(error) }
            return try KerasArchitecture(json: Data(bytes))
        }
        guard let json = weights.architecture else { throw ModelError.noArchitecture(path: weights.path) }
        return try KerasArchitecture(json: Data(json.utf8))
    }

    private init(_ architecture: KerasArchitecture, weights: inout KerasWeights) throws {
        var shapes: [String: [Int]] = [:]
        var unused = weights.names
        var layers: [Layer] = []
        for description in architecture.layers {
            let name = description.name
            let inputShapes = try description.inputs.map { input in
                guard let shape = shapes[input] else {
                    throw ModelError.malformedArchitecture(
                        reason: "the layer “\(name)” uses “\(input)”, which does not come before it")
                }
                return shape
            }
            let shape = try description.outputShape(for: inputShapes)
            guard shapes.updateValue(shape, forKey: name) == nil else {
                throw ModelError.malformedArchitecture(reason: "two layers are named “\(name)”")
            }
            var parameters: [String: Tensor] = [:]
            for (weight, shape) in description.operation.parameterShapes(for: inputShapes) {
                parameters[weight] = try weights.tensor(weight, of: name, shape: shape)
                unused[name]?.remove(weight)
            }
            layers.append(
                Layer(
                    name: name, operation: description.operation, inputs: description.inputs, outputShape: shape,
                    parameters: parameters))
        }
        for (layer, names) in unused.sorted(by: { $0.key < $1.key }) {
            if let weight = names.min() { throw ModelError.unusedWeight(layer: layer, weight: weight) }
        }
        guard layers.first?.operation == .input, layers.filter({ $0.operation == .input }).count == 1 else {
            throw ModelError.malformedArchitecture(reason: "its first layer, and only it, must be the input")
        }
        guard shapes[architecture.output] != nil else {
            throw ModelError.malformedArchitecture(reason: "there is no output layer “\(architecture.output)”")
        }
        self.init(name: architecture.name, layers: layers, output: architecture.output)
    }
}

extension KerasLayer {
    fileprivate func outputShape(for inputShapes: [[Int]]) throws -> [Int] {
        if let inputShape { return inputShape }
        do {
            let shape = try operation.outputShape(for: inputShapes)
            if let axis, axis != -1, axis != shape.count {
                throw Operation.Misfit(reason: "it works along axis \(axis), not along the channels")
            }
            return shape
        } catch let misfit as Operation.Misfit {
            throw ModelError.unsupportedLayer(name: name, reason: misfit.reason)
        }
    }
}
