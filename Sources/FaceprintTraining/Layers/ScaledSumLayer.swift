#if Training
    import COneDNN
    import FaceprintModels

    /// `first + scale · second`, where the convolution before it can't write the sum itself.
    struct ScaledSumLayer: TrainingLayer {
        let output: Value
        private let name: String
        private let first: Value
        private let second: Value
        private let scale: Float

        init(_ layer: Layer, _ first: Value, _ second: Value, scale: Float, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.first = first
            self.second = second
            self.scale = scale
            let scaled = try Self.scaled(second.memory, by: scale, on: tape, name: layer.name)
            let sum = try tape.sum([first.memory, scaled], as: first.memory.descriptor, name: layer.name)
            output = Value(sum, needsGradient: first.needsGradient || second.needsGradient)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            if first.needsGradient { first.contribute(gradient) }
            if second.needsGradient {
                second.contribute(try Self.scaled(gradient, by: scale, on: tape, name: name + ", gradient"))
            }
        }

        private static func scaled(
            _ memory: TensorMemory, by scale: Float, on tape: Tape, name: String
        ) throws(TrainingError) -> TensorMemory {
            guard scale != 1 else { return memory }
            var operation = dnnl_eltwise_desc_t()
            let status = withUnsafePointer(to: memory.descriptor.raw) {
                dnnl_eltwise_forward_desc_init(&operation, tape.propagation, dnnl_eltwise_linear, $0, scale, 0)
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(name, operation, tape.engine, attributes: try Attributes())
            let result = tape.memory(memory.descriptor)
            try tape.run(descriptor, [DNNL_ARG_SRC: memory, DNNL_ARG_DST: result], name: name + ": scale")
            return result
        }
    }
#endif
