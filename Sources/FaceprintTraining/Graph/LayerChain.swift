#if Training
    import COneDNN
    import FaceprintModels

    /// A network's layers on a tape, those that oneDNN computes in one go joined: batch normalisation with the ReLU after
    /// it, and the convolution at the end of a residual branch with the sum and the ReLU after it.
    struct LayerChain {
        /// 32-bit floats.
        let input: TensorMemory
        private(set) var output: Value
        private var layers: [any TrainingLayer] = []
        /// By the name of the layer; of joined ones by all their names.
        private var values: [String: Value] = [:]
        private let takers: [String: [Layer]]
        private let outputName: String

        init(_ network: Network, options: TrainingGraph.Options, on tape: Tape) throws(TrainingError) {
            guard let first = network.layers.first, first.operation == .input, network.outputShape.count == 1 else {
                throw .badNetwork(reason: "it must lead from one input to one vector")
            }
            input = tape.memory(try Self.inputOrder(first.outputShape, batch: tape.batch))
            output = Value(input, needsGradient: false)
            outputName = network.output
            var takers: [String: [Layer]] = [:]
            for layer in network.layers { for name in layer.inputs { takers[name, default: []].append(layer) } }
            self.takers = takers
            values[first.name] = output

            for layer in network.layers.dropFirst() where values[layer.name] == nil {
                try append(layer, options: options, on: tape)
            }
            output = try value(network.output, for: "output")
            if options.isNormalized {
                let normalization = try L2NormalizationLayer(output, on: tape)
                layers.append(normalization)
                output = normalization.output
            }
            guard output.memory.descriptor.type == dnnl_f32 else {
                throw .badNetwork(reason: "its output doesn't come after a global average pooling")
            }
        }

        /// Photos `[batch][height][width][channel]`, or vectors `[batch][n]`.
        private static func inputOrder(_ shape: [Int], batch: Int) throws(TrainingError) -> TensorDescriptor {
            switch shape.count {
            case 3: try TensorDescriptor([batch, shape[2], shape[0], shape[1]], dnnl_f32, dnnl_nhwc)
            case 1: try TensorDescriptor(plain: [batch, shape[0]])
            default: throw .badNetwork(reason: "its input is \(shape), neither a photo nor a vector")
            }
        }

        /// The tape is the network walked backwards.
        ///
        /// - Parameter sums: With whom the gradients of parameters are added up.
        func appendGradients(
            _ outputGradient: TensorMemory, _ sums: any Communicator, to tape: Tape
        ) throws(TrainingError) {
            output.contribute(outputGradient)
            for layer in layers.reversed() where layer.output.needsGradient {
                guard let gradient = try layer.output.gradient(on: tape, name: "gradients") else { continue }
                try layer.appendGradient(gradient, to: tape)
                for parameter in layer.parameters where parameter.learns {
                    tape.append(parameter.finishingStep(tape.context, sums))
                }
            }
        }

        private mutating func append(
            _ layer: Layer, options: TrainingGraph.Options, on tape: Tape
        ) throws(TrainingError) {
            var inputs: [Value] = []
            for name in layer.inputs { inputs.append(try value(name, for: layer.name)) }
            func added(_ made: any TrainingLayer) -> Value {
                layers.append(made)
                return made.output
            }
            switch layer.operation {
            case .input:
                throw .badNetwork(reason: "“\(layer.name)” is a second input")
            case .convolution(let convolution):
                let (tail, joined) = residualTail(of: layer)
                let made = try ConvolutionLayer(layer, convolution, inputs[0], tail: tail, on: tape)
                layers.append(made)
                for name in joined + [layer.name] { values[name] = made.output }
            case .batchNormalization(let normalization):
                let relu = relu(after: layer)
                let parts = try BatchNormalizationParts(layer, normalization, hasReLU: relu != nil, on: tape)
                let result = added(
                    parts.usesBatch && !tape.communicator.isAlone
                        ? try SynchronizedBatchNormalizationLayer(parts, inputs[0], tape.communicator, on: tape)
                        : try BatchNormalizationLayer(parts, inputs[0], on: tape))
                for name in [layer.name, relu?.name].compactMap(\.self) { values[name] = result }
            case .relu:
                values[layer.name] = added(try ReLULayer(layer, inputs[0], on: tape))
            case .maxPooling(let window):
                values[layer.name] = added(try PoolingLayer(layer, .maximum, window, inputs[0], on: tape))
            case .averagePooling(let window):
                values[layer.name] = added(try PoolingLayer(layer, .average, window, inputs[0], on: tape))
            case .globalAveragePooling:
                values[layer.name] = added(try PoolingLayer(layer, .average, nil, inputs[0], on: tape))
            case .concatenation:
                values[layer.name] = added(try ConcatenationLayer(layer, inputs, on: tape))
            case .scaledSum(let scale):
                values[layer.name] = added(
                    try ScaledSumLayer(layer, inputs[0], inputs[1], scale: scale, on: tape))
            case .dropout(let rate):
                let drops = tape.isTraining && options.hasDropout && rate > 0
                values[layer.name] =
                    drops ? added(try DropoutLayer(layer, rate: rate, inputs[0], on: tape)) : inputs[0]
            case .dense(let units, let hasBias):
                values[layer.name] = added(
                    try DenseLayer(layer, units: units, hasBias: hasBias, inputs[0], on: tape))
            }
        }

        private func value(_ name: String, for taker: String) throws(TrainingError) -> Value {
            guard let value = values[name] else {
                throw .badNetwork(reason: "“\(taker)” takes “\(name)”, which doesn't come before it")
            }
            return value
        }

        /// The one that takes what a layer gives, if nobody else does.
        private func onlyTaker(of layer: Layer) -> Layer? {
            guard layer.name != outputName, let takers = takers[layer.name], takers.count == 1 else { return nil }
            return takers[0]
        }

        private func relu(after layer: Layer) -> Layer? {
            guard let taker = onlyTaker(of: layer), taker.operation == .relu else { return nil }
            return taker
        }

        /// The sum, and its ReLU, that a convolution can write itself, with the names of both.
        private func residualTail(of layer: Layer) -> (tail: ConvolutionLayer.Tail?, joined: [String]) {
            guard let sum = onlyTaker(of: layer), case .scaledSum(let scale) = sum.operation,
                sum.inputs.last == layer.name, let trunk = sum.inputs.first.flatMap({ values[$0] })
            else { return (nil, []) }
            let relu = relu(after: sum)
            return (
                ConvolutionLayer.Tail(scale: scale, trunk: trunk, hasReLU: relu != nil),
                [sum.name] + (relu.map { [$0.name] } ?? [])
            )
        }
    }
#endif
