#if Training
    import COneDNN
    import FaceprintModels

    /// The parameters of a network in training, shared by the graphs that compute it.
    public final class ParameterStore {
        let engine: Engine
        /// The network as it was, for its layers; the numbers that count are here.
        public let network: Network
        private let learns: (Layer) -> Bool
        private let layers: [String: Layer]
        private var byName: [String: Parameter] = [:]
        /// In the order in which the first graph asked for them, which is the network's.
        public private(set) var all: [Parameter] = []

        /// - Parameter learns: Whether a layer's parameters change; all do unless it says otherwise.
        public init(_ network: Network, learns: @escaping (Layer) -> Bool = { _ in true }) throws(TrainingError) {
            engine = try Engine()
            self.network = network
            self.learns = learns
            layers = Dictionary(network.layers.map { ($0.name, $0) }) { first, _ in first }
        }

        /// Those that the loss' gradient changes.
        public var learning: [Parameter] { all.filter(\.learns) }

        /// Makes what was derived from the parameters anew; to be called after they were changed.
        public func refresh() throws(TrainingError) {
            for parameter in all { try parameter.refresh() }
        }

        /// The network with the numbers as they are now.
        public func trainedNetwork() throws(TrainingError) -> Network {
            var result = network
            for index in result.layers.indices {
                for weight in result.layers[index].parameters.keys {
                    guard let parameter = byName["\(result.layers[index].name)/\(weight)"] else { continue }
                    result.layers[index].parameters[weight] = try parameter.tensor()
                }
            }
            return result
        }

        /// Takes the numbers of a network of the same layers.
        ///
        /// - Throws: ``TrainingError/badNetwork(reason:)`` where a layer is missing or of another shape; then nothing
        ///   has changed.
        func set(_ network: Network) throws(TrainingError) {
            let others = Dictionary(network.layers.map { ($0.name, $0) }) { first, _ in first }
            var tensors: [Tensor] = []
            for parameter in all {
                guard let tensor = others[parameter.layer]?.parameters[parameter.weight],
                    tensor.shape == parameter.shape
                else { throw .badNetwork(reason: "it has no “\(parameter.name)” of shape \(parameter.shape)") }
                tensors.append(tensor)
            }
            for (parameter, tensor) in zip(all, tensors) { try parameter.set(tensor.values) }
            try refresh()
        }

        /// Whether a layer learns.
        func learns(_ layer: Layer) -> Bool { learns(layer) && !layer.parameters.isEmpty }

        /// The parameter, made on first use in the order that its user prefers.
        func parameter(_ weight: String, of layer: Layer, order: TensorDescriptor) throws(TrainingError) -> Parameter {
            let name = "\(layer.name)/\(weight)"
            if let known = byName[name] { return known }
            guard let tensor = layer.parameters[weight] else {
                throw .badNetwork(reason: "the layer “\(layer.name)” has no “\(weight)”")
            }
            let isStatistic = weight.hasPrefix("moving_")
            let parameter = try Parameter(
                layer: layer.name, weight: weight, tensor: tensor, order: order, learns: learns(layer) && !isStatistic,
                engine)
            byName[name] = parameter
            all.append(parameter)
            return parameter
        }

        /// A vector of a layer, such as its bias.
        func vector(_ weight: String, of layer: Layer) throws(TrainingError) -> Parameter {
            let count = layer.parameters[weight]?.values.count ?? 0
            return try parameter(weight, of: layer, order: try TensorDescriptor(plain: [count]))
        }

        /// The order of a kernel that a graph has chosen already.
        func knownOrder(_ weight: String, of layer: Layer) -> TensorDescriptor? {
            byName["\(layer.name)/\(weight)"]?.value.descriptor
        }
    }
#endif
