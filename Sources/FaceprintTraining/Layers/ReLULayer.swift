#if Training
    import COneDNN
    import FaceprintModels

    /// `max(x, 0)`. Its gradient asks the output where it was positive, so the input need not be kept.
    struct ReLULayer: TrainingLayer {
        let output: Value
        private let name: String
        private let input: Value

        init(_ layer: Layer, _ input: Value, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.input = input
            var operation = dnnl_eltwise_desc_t()
            let status = withUnsafePointer(to: input.memory.descriptor.raw) {
                dnnl_eltwise_forward_desc_init(
                    &operation, tape.propagation, dnnl_eltwise_relu_use_dst_for_bwd, $0, 0, 0)
            }
            try DNNL.check(status, layer.name)
            let descriptor = try PrimitiveDescriptor(layer.name, operation, tape.engine, attributes: try Attributes())
            let result = tape.memory(input.memory.descriptor)
            try tape.run(descriptor, [DNNL_ARG_SRC: input.memory, DNNL_ARG_DST: result], name: layer.name)
            output = Value(result, needsGradient: input.needsGradient)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            input.contribute(try Self.gradient(gradient, output: output.memory, on: tape, name: name))
        }

        /// The gradient of what came before a ReLU: that of its output where the output is positive, elsewhere 0.
        static func gradient(
            _ gradient: TensorMemory, output: TensorMemory, on tape: Tape, name: String
        ) throws(TrainingError) -> TensorMemory {
            var forward = dnnl_eltwise_desc_t()
            var backward = dnnl_eltwise_desc_t()
            let data = output.descriptor
            try DNNL.check(
                withUnsafePointer(to: data.raw) {
                    dnnl_eltwise_forward_desc_init(
                        &forward, dnnl_forward_training, dnnl_eltwise_relu_use_dst_for_bwd, $0, 0, 0)
                }, name)
            try DNNL.check(
                withUnsafePointer(to: data.raw) {
                    dnnl_eltwise_backward_desc_init(&backward, dnnl_eltwise_relu_use_dst_for_bwd, $0, $0, 0, 0)
                }, name)
            let hint = try PrimitiveDescriptor(name, forward, tape.engine, attributes: try Attributes())
            let descriptor = try PrimitiveDescriptor(
                name, backward, tape.engine, attributes: try Attributes(), forward: hint)
            let result = tape.memory(data)
            try tape.run(
                descriptor,
                [
                    DNNL_ARG_DST: output, DNNL_ARG_DIFF_SRC: result,
                    DNNL_ARG_DIFF_DST: try tape.reordered(gradient, to: data, name: name),
                ], name: name + ", gradient")
            return result
        }
    }
#endif
