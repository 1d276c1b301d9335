#if Training
    import CKernels
    import COneDNN
    import FaceprintModels

    /// A 2-d convolution and, where it ends a residual branch, the step back onto the trunk:
    /// `relu(trunk + scale · (kernel ∗ input + bias))`.
    ///
    /// The scale is multiplied into a copy of kernel and bias, so that it costs nothing per photo; the gradients of the
    /// copy become the parameters' when they are multiplied by it as well.
    struct ConvolutionLayer: TrainingLayer {
        /// What follows the convolution, written by it.
        struct Tail {
            var scale: Float
            var trunk: Value
            var hasReLU: Bool
        }

        let output: Value
        var parameters: [Parameter] { [kernel, bias].compactMap(\.self) }
        private let name: String
        private let input: Value
        /// In the order that the convolution reads.
        private let source: TensorMemory
        private let kernel: Parameter
        private let bias: Parameter?
        private let tail: Tail?
        private let forward: PrimitiveDescriptor
        private let geometry: Geometry

        private struct Geometry {
            let strides: [Int64]
            let before: [Int64]
            let after: [Int64]
        }

        init(_ layer: Layer, _ convolution: Convolution, _ input: Value, tail: Tail?, on tape: Tape)
            throws(TrainingError)
        {
            let shape = input.memory.descriptor.shape
            let window = convolution.window
            let padding = window.padding(height: shape[2], width: shape[3])
            let geometry = Geometry(
                strides: [Int64(window.strideY), Int64(window.strideX)],
                before: [Int64(padding.top), Int64(padding.left)], after: [Int64(padding.bottom), Int64(padding.right)])
            self.geometry = geometry
            name = layer.name
            self.input = input
            self.tail = tail

            let kernelShape = [convolution.filters, shape[1], window.height, window.width]
            let known = tape.parameters.knownOrder("kernel", of: layer)
            let sourceOrder = try input.memory.descriptor.inAnyOrder(tape.type)
            let kernelOrder =
                if let known { known.with(tape.type) } else {
                    try TensorDescriptor(kernelShape, tape.type, dnnl_format_tag_any)
                }
            let biasOrder = convolution.hasBias ? try TensorDescriptor(plain: [convolution.filters]) : nil
            let outputShape = [tape.batch, convolution.filters] + layer.outputShape.prefix(2)
            let outputOrder = try TensorDescriptor(outputShape, tape.type, dnnl_format_tag_any)
            let attributes = try Attributes()
            if let tail {
                try attributes.append([.add(tail.trunk.memory.descriptor)] + (tail.hasReLU ? [.relu] : []))
            }
            var operation = dnnl_convolution_desc_t()
            let status = withOptionalPointer(to: biasOrder?.raw) { bias in
                withUnsafePointers(sourceOrder.raw, kernelOrder.raw, outputOrder.raw) { source, kernel, output in
                    dnnl_convolution_forward_desc_init(
                        &operation, tape.propagation, dnnl_convolution_direct, source, kernel, bias, output,
                        geometry.strides, geometry.before, geometry.after)
                }
            }
            try DNNL.check(status, layer.name)
            forward = try PrimitiveDescriptor(layer.name, operation, tape.engine, attributes: attributes)
            guard let chosenKernel = forward.tensor(dnnl_query_weights_md),
                let chosenOutput = forward.tensor(dnnl_query_dst_md)
            else { throw .unsupported(what: layer.name, reason: "oneDNN names no order for its tensors") }
            kernel = try tape.parameters.parameter("kernel", of: layer, order: chosenKernel)
            bias = convolution.hasBias ? try tape.parameters.vector("bias", of: layer) : nil
            source = try tape.reordered(
                input.memory, to: forward.tensor(dnnl_query_src_md), name: layer.name + ", its input")

            let scale = tail?.scale ?? 1
            let result = tape.memory(chosenOutput)
            var arguments = [
                DNNL_ARG_SRC: source, DNNL_ARG_WEIGHTS: try kernel.view(chosenKernel, scale: scale),
                DNNL_ARG_DST: result,
            ]
            if let bias { arguments[DNNL_ARG_BIAS] = try bias.view(bias.value.descriptor, scale: scale) }
            if let tail { arguments[PostOperation.firstOperand] = tail.trunk.memory }
            try tape.run(forward, arguments, name: layer.name)
            output = Value(
                result, needsGradient: input.needsGradient || kernel.learns || tail?.trunk.needsGradient == true)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            var gradient = gradient
            if let tail {
                if tail.hasReLU {
                    gradient = try ReLULayer.gradient(gradient, output: output.memory, on: tape, name: name)
                }
                if tail.trunk.needsGradient { tail.trunk.contribute(gradient) }
            }
            if kernel.learns { try appendKernelGradient(gradient, to: tape) }
            if input.needsGradient { try appendInputGradient(gradient, to: tape) }
        }

        private func appendKernelGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            guard let kernelGradient = kernel.gradient else { return }
            let biasGradient = bias?.gradient
            let kernelOrder = try kernelGradient.descriptor.inAnyOrder()
            let gradientOrder = try gradient.descriptor.inAnyOrder()
            var operation = dnnl_convolution_desc_t()
            let status = withOptionalPointer(to: biasGradient?.descriptor.raw) { bias in
                withUnsafePointers(source.descriptor.raw, kernelOrder.raw, gradientOrder.raw) {
                    source, kernel, output in
                    dnnl_convolution_backward_weights_desc_init(
                        &operation, dnnl_convolution_direct, source, kernel, bias, output, geometry.strides,
                        geometry.before, geometry.after)
                }
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
            let orderedGradient = try tape.reordered(
                gradient, to: descriptor.tensor(dnnl_query_diff_dst_md), name: name + ", its gradient")
            try tape.runKernelGradient(
                descriptor, [DNNL_ARG_SRC: source, DNNL_ARG_DIFF_DST: orderedGradient], kernel: kernelGradient,
                bias: biasGradient, name: name)
            if let scale = tail?.scale, scale != 1 {
                let memories = [kernelGradient] + (biasGradient.map { [$0] } ?? [])
                tape.append(
                    .work(memories: memories, name: name + ", scaling") {
                        for memory in memories {
                            fp_scale(memory.floats.baseAddress, memory.floats.count, scale)
                        }
                    })
            }
        }

        private func appendInputGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let inputOrder = try input.memory.descriptor.inAnyOrder()
            let kernelOrder = try kernel.value.descriptor.inAnyOrder(tape.type)
            let gradientOrder = try gradient.descriptor.inAnyOrder()
            var operation = dnnl_convolution_desc_t()
            let status = withUnsafePointers(inputOrder.raw, kernelOrder.raw, gradientOrder.raw) {
                input, kernel, output in
                dnnl_convolution_backward_data_desc_init(
                    &operation, dnnl_convolution_direct, input, kernel, output, geometry.strides, geometry.before,
                    geometry.after)
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
            guard let chosenInput = descriptor.tensor(dnnl_query_diff_src_md),
                let chosenKernel = descriptor.tensor(dnnl_query_weights_md)
            else { throw .unsupported(what: name, reason: "oneDNN names no order for its input's gradient") }
            let result = tape.memory(chosenInput)
            try tape.run(
                descriptor,
                [
                    DNNL_ARG_DIFF_SRC: result, DNNL_ARG_WEIGHTS: try kernel.view(chosenKernel, scale: tail?.scale ?? 1),
                    DNNL_ARG_DIFF_DST: try tape.reordered(
                        gradient, to: descriptor.tensor(dnnl_query_diff_dst_md), name: name + ", its gradient"),
                ], name: name + ", input gradient")
            input.contribute(
                try tape.reordered(result, to: input.memory.descriptor, name: name + ", input gradient"))
        }
    }
#endif
