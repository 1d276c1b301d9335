import FaceprintFiles

/// The weights of a Keras HDF5 file, whole model or weights only: under `/model_weights/<layer>/…` or
/// `/<layer>/…`, listed by the attribute `weight_names` of each layer's group.
struct KerasWeights {
    let path: String
    /// The architecture's JSON, which only a whole-model file has.
    let architecture: String?
    /// By layer, the datasets' paths in the layer's group by the weight's own name, such as `kernel`.
    private var datasets: [String: [String: String]] = [:]
    /// How many numbers may still be read: one a byte of the file. HDF5 takes no room for a dataset that was
    /// never written, so that a small file can claim weights larger than the memory.
    private var numbersLeft: Int
    private let root: HDF5.Handle
    private let file: HDF5.Handle

    /// - Throws: ``ModelError`` for a file that is missing, damaged, or not Keras'.
    init(path: String) throws {
        self.path = path
        // HDF5 doesn't say why a file can't be opened, and would wait for the writer of a named pipe.
        do { numbersLeft = try File.size(of: path) } catch { throw ModelError.file(error) }
        do {
            file = try HDF5.openFile(path)
        } catch {
            throw ModelError.notHDF5(path: path, reason: "HDF5 can't open it")
        }
        do {
            root = try HDF5.openGroup(HDF5.hasLink("model_weights", in: file) ? "model_weights" : "/", in: file)
            architecture = try HDF5.strings(ofAttribute: "model_config", of: file)?.first
            guard let layers = try KerasNames.read("layer_names", of: root) else {
                throw ModelError.notKeras(path: path, reason: "it has no list “layer_names”")
            }
            for layer in layers {
                datasets[layer] = try Self.datasets(of: layer, in: root)
            }
        } catch let failure as HDF5.Failure {
            throw ModelError.notHDF5(path: path, reason: failure.reason)
        }
    }

    /// The names of the weights that the file holds for each layer that has any.
    var names: [String: Set<String>] {
        datasets.filter { !$0.value.isEmpty }.mapValues { Set($0.keys) }
    }

    /// One weight, which must have that shape and hold finite numbers.
    mutating func tensor(_ weight: String, of layer: String, shape: [Int]) throws -> Tensor {
        guard let path = datasets[layer]?[weight] else {
            throw ModelError.missingWeight(layer: layer, weight: weight)
        }
        do {
            let dataset = try HDF5.Dataset(path, in: try HDF5.openGroup(layer, in: root))
            guard dataset.shape == shape else {
                throw ModelError.wrongShape(layer: layer, weight: weight, expected: shape, found: dataset.shape)
            }
            guard shape.reduce(1.0, { $0 * Double($1) }) <= Double(numbersLeft) else {
                throw HDF5.Failure(reason: "it is larger than the file")
            }
            let values = try dataset.values()
            numbersLeft -= values.count
            guard values.allSatisfy(\.isFinite) else {
                throw HDF5.Failure(reason: "it holds numbers that are not finite")
            }
            return Tensor(shape: shape, values: values)
        } catch let failure as HDF5.Failure {
            throw ModelError.damagedWeight(layer: layer, weight: weight, reason: failure.reason)
        }
    }

    private static func datasets(of layer: String, in root: HDF5.Handle) throws -> [String: String] {
        let group = try HDF5.openGroup(layer, in: root)
        var result: [String: String] = [:]
        for path in try KerasNames.read("weight_names", of: group) ?? [] {
            // “Conv2d_1a_3x3/kernel:0” is the weight “kernel”.
            let name = path.split(separator: "/").last?.split(separator: ":").first.map(String.init) ?? path
            guard result.updateValue(path, forKey: name) == nil else {
                throw HDF5.Failure(reason: "the layer “\(layer)” lists “\(name)” twice")
            }
        }
        return result
    }
}
