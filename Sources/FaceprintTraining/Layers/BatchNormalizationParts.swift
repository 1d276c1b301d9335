#if Training
    import COneDNN
    import FaceprintModels

    /// What the two forms of batch normalisation have in common: parameters and primitives.
    struct BatchNormalizationParts {
        let name: String
        let scale: Parameter?
        let shift: Parameter?
        let runningMean: Parameter
        let runningVariance: Parameter
        /// Whether mean and variance are the batch's.
        let usesBatch: Bool
        /// oneDNN's, for scale, shift and the ReLU.
        let flags: UInt32
        private let normalization: BatchNormalization

        init(_ layer: Layer, _ normalization: BatchNormalization, hasReLU: Bool, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.normalization = normalization
            scale = normalization.hasScale ? try tape.parameters.vector("gamma", of: layer) : nil
            shift = normalization.hasCenter ? try tape.parameters.vector("beta", of: layer) : nil
            runningMean = try tape.parameters.vector("moving_mean", of: layer)
            runningVariance = try tape.parameters.vector("moving_variance", of: layer)
            usesBatch = tape.isTraining && tape.parameters.learns(layer)
            var flags = hasReLU ? dnnl_fuse_norm_relu.rawValue : 0
            if scale != nil { flags |= dnnl_use_scale.rawValue }
            if shift != nil { flags |= dnnl_use_shift.rawValue }
            self.flags = flags
        }

        /// γ and β, where there are any.
        var parameters: [Parameter] { [scale, shift].compactMap(\.self) }
        var learns: Bool { parameters.contains(where: \.learns) }
        var epsilon: Float { normalization.epsilon }

        /// What is read forward and back alike.
        func arguments(
            _ input: TensorMemory, mean: TensorMemory, variance: TensorMemory, workspace: TensorMemory?
        ) -> [Int32: TensorMemory] {
            var arguments = [DNNL_ARG_SRC: input, DNNL_ARG_MEAN: mean, DNNL_ARG_VARIANCE: variance]
            arguments[DNNL_ARG_SCALE] = scale?.value
            arguments[DNNL_ARG_SHIFT] = shift?.value
            arguments[DNNL_ARG_WORKSPACE] = workspace
            return arguments
        }

        func forward(
            _ data: TensorDescriptor, flags: UInt32, propagation: dnnl_prop_kind_t, on tape: Tape
        ) throws(TrainingError) -> PrimitiveDescriptor {
            var operation = dnnl_batch_normalization_desc_t()
            let status = withUnsafePointer(to: data.raw) {
                dnnl_batch_normalization_forward_desc_init(&operation, propagation, $0, epsilon, flags)
            }
            try DNNL.check(status, name)
            return try PrimitiveDescriptor(name, operation, tape.engine, attributes: try Attributes())
        }

        func backward(
            _ data: TensorDescriptor, flags: UInt32, forward: PrimitiveDescriptor, on tape: Tape
        ) throws(TrainingError) -> PrimitiveDescriptor {
            var operation = dnnl_batch_normalization_desc_t()
            let status = withUnsafePointer(to: data.raw) {
                dnnl_batch_normalization_backward_desc_init(&operation, dnnl_backward, $0, $0, epsilon, flags)
            }
            try DNNL.check(status, name)
            return try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
        }

        /// Moves the running statistics towards the batch's.
        func appendRunningStatistics(mean: TensorMemory, variance: TensorMemory, to tape: Tape) {
            let (momentum, context) = (normalization.momentum, tape.context)
            for (running, batch) in [(runningMean.value, mean), (runningVariance.value, variance)] {
                tape.append(
                    .work(memories: [batch], name: name + ", running statistics") {
                        guard context.movesStatistics else { return }
                        for (index, value) in batch.floats.enumerated() {
                            running.floats[index] = momentum * running.floats[index] + (1 - momentum) * value
                        }
                    })
            }
        }
    }
#endif
