#if Training
    import COneDNN
    import FaceprintModels

    /// `x · kernel + bias`.
    struct DenseLayer: TrainingLayer {
        let output: Value
        var parameters: [Parameter] { [kernel, bias].compactMap(\.self) }
        private let name: String
        private let input: Value
        private let kernel: Parameter
        private let bias: Parameter?
        private let forward: PrimitiveDescriptor

        init(_ layer: Layer, units: Int, hasBias: Bool, _ input: Value, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.input = input
            let data = input.memory.descriptor
            let known = tape.parameters.knownOrder("kernel", of: layer)
            let kernelOrder =
                if let known { known.with(data.type) } else {
                    try TensorDescriptor([units, data.shape[1]], data.type, dnnl_format_tag_any)
                }
            let outputOrder = try TensorDescriptor([tape.batch, units], data.type, dnnl_nc)
            let biasOrder = hasBias ? try TensorDescriptor(plain: [units]) : nil
            var operation = dnnl_inner_product_desc_t()
            let status = withOptionalPointer(to: biasOrder?.raw) { bias in
                withUnsafePointers(data.raw, kernelOrder.raw, outputOrder.raw) {
                    dnnl_inner_product_forward_desc_init(&operation, tape.propagation, $0, $1, bias, $2)
                }
            }
            try DNNL.check(status, layer.name)
            forward = try PrimitiveDescriptor(layer.name, operation, tape.engine, attributes: try Attributes())
            guard let chosenKernel = forward.tensor(dnnl_query_weights_md) else {
                throw .unsupported(what: layer.name, reason: "oneDNN names no order for its kernel")
            }
            kernel = try tape.parameters.parameter("kernel", of: layer, order: chosenKernel)
            bias = hasBias ? try tape.parameters.vector("bias", of: layer) : nil
            let result = tape.memory(outputOrder)
            var arguments = [
                DNNL_ARG_SRC: input.memory, DNNL_ARG_WEIGHTS: try kernel.view(chosenKernel), DNNL_ARG_DST: result,
            ]
            arguments[DNNL_ARG_BIAS] = bias?.value
            try tape.run(forward, arguments, name: layer.name)
            output = Value(result, needsGradient: input.needsGradient || kernel.learns)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            if kernel.learns { try appendKernelGradient(gradient, to: tape) }
            if input.needsGradient { try appendInputGradient(gradient, to: tape) }
        }

        private func appendKernelGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            guard let kernelGradient = kernel.gradient else { return }
            let kernelOrder = try kernelGradient.descriptor.inAnyOrder()
            var operation = dnnl_inner_product_desc_t()
            let status = withOptionalPointer(to: bias?.gradient?.descriptor.raw) { bias in
                withUnsafePointers(input.memory.descriptor.raw, kernelOrder.raw, gradient.descriptor.raw) {
                    dnnl_inner_product_backward_weights_desc_init(&operation, $0, $1, bias, $2)
                }
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
            try tape.runKernelGradient(
                descriptor, [DNNL_ARG_SRC: input.memory, DNNL_ARG_DIFF_DST: gradient], kernel: kernelGradient,
                bias: bias?.gradient, name: name)
        }

        private func appendInputGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let data = input.memory.descriptor
            let kernelOrder = try kernel.value.descriptor.inAnyOrder(data.type)
            var operation = dnnl_inner_product_desc_t()
            let status = withUnsafePointers(data.raw, kernelOrder.raw, gradient.descriptor.raw) {
                dnnl_inner_product_backward_data_desc_init(&operation, $0, $1, $2)
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
            guard let chosenKernel = descriptor.tensor(dnnl_query_weights_md) else {
                throw .unsupported(what: name, reason: "oneDNN names no order for its kernel")
            }
            let result = tape.memory(data)
            try tape.run(
                descriptor,
                [
                    DNNL_ARG_DIFF_SRC: result, DNNL_ARG_WEIGHTS: try kernel.view(chosenKernel),
                    DNNL_ARG_DIFF_DST: gradient,
                ], name: name + ", input gradient")
            input.contribute(result)
        }
    }
#endif
