#if Training
    import COneDNN
    import FaceprintModels

    /// Batch normalisation over the photos of all ranks, so that N ranks with n photos each compute what one process
    /// with N · n photos does.
    ///
    /// oneDNN knows only the photos of this rank. Forward, each rank's mean and variance are put together, and given to
    /// oneDNN as fixed ones. Its gradient is then that of `(x − mean) / σ · γ + β` with a fixed mean and σ,
    /// `γ/σ · g`; what their dependence on x adds, `−γ/σ · (Σg + x̂ Σ(g x̂)) / m` with the sums over all m numbers of a
    /// channel (Ioffe and Szegedy, section 3), is a multiple of x and a constant for each channel.
    struct SynchronizedBatchNormalizationLayer: TrainingLayer {
        let output: Value
        var parameters: [Parameter] { parts.parameters }
        private let input: Value
        private let parts: BatchNormalizationParts
        private let mean: TensorMemory
        private let variance: TensorMemory
        private let workspace: TensorMemory?
        private let forward: PrimitiveDescriptor
        private let communicator: any Communicator
        /// γ, or ones where the layer has none: oneDNN gives Σ(g x̂) only beside a scale.
        private let scale: TensorMemory

        init(
            _ parts: BatchNormalizationParts, _ input: Value, _ communicator: any Communicator, on tape: Tape
        ) throws(TrainingError) {
            self.parts = parts
            self.input = input
            self.communicator = communicator
            let data = input.memory.descriptor
            let vector = parts.runningMean.value.descriptor
            if let gamma = parts.scale {
                scale = gamma.value
            } else {
                scale = try TensorMemory(owned: vector, tape.engine)
                scale.floats.update(repeating: 1)
            }
            mean = tape.memory(vector)
            variance = tape.memory(vector)
            let own = try parts.forward(data, flags: 0, propagation: dnnl_forward_training, on: tape)
            try tape.run(
                own,
                [
                    DNNL_ARG_SRC: input.memory, DNNL_ARG_DST: tape.memory(data), DNNL_ARG_MEAN: mean,
                    DNNL_ARG_VARIANCE: variance,
                ], name: parts.name + ", statistics")
            let (mean, variance) = (mean, variance)
            tape.append(
                .work(memories: [mean, variance], name: parts.name + ", statistics of all ranks") {
                    () throws(TrainingError) in
                    try Self.combine(mean, variance, communicator)
                })

            forward = try parts.forward(
                data, flags: parts.flags | dnnl_use_scale.rawValue | dnnl_use_global_stats.rawValue,
                propagation: dnnl_forward_training, on: tape)
            workspace = forward.tensor(dnnl_query_workspace_md).map(tape.memory)
            let result = tape.memory(data)
            var arguments = parts.arguments(
                input.memory, mean: mean, variance: variance, workspace: workspace)
            arguments[DNNL_ARG_SCALE] = scale
            arguments[DNNL_ARG_DST] = result
            try tape.run(forward, arguments, name: parts.name)
            output = Value(result, needsGradient: true)
            parts.appendRunningStatistics(mean: mean, variance: variance, to: tape)
        }

        /// The mean of the means, and the mean of the variances around it; each rank has as many photos.
        private static func combine(
            _ mean: TensorMemory, _ variance: TensorMemory, _ communicator: any Communicator
        ) throws(TrainingError) {
            let own = Array(mean.floats)
            let share = 1 / Float(communicator.size)
            try communicator.sum(mean.floats)
            for index in own.indices {
                mean.floats[index] *= share
                let apart = own[index] - mean.floats[index]
                variance.floats[index] += apart * apart
            }
            try communicator.sum(variance.floats)
            for index in own.indices { variance.floats[index] *= share }
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let data = input.memory.descriptor
            let flags = parts.flags | dnnl_use_scale.rawValue | dnnl_use_shift.rawValue
            let descriptor = try parts.backward(
                data, flags: flags | dnnl_use_global_stats.rawValue, forward: forward, on: tape)
            let vector = mean.descriptor
            let direct = tape.memory(data)
            let along = parts.scale?.gradient ?? tape.memory(vector)
            let total = parts.shift?.gradient ?? tape.memory(vector)
            var arguments = parts.arguments(
                input.memory, mean: mean, variance: variance, workspace: workspace)
            arguments[DNNL_ARG_SCALE] = scale
            arguments[DNNL_ARG_DIFF_DST] = try tape.reordered(gradient, to: data, name: parts.name)
            arguments[DNNL_ARG_DIFF_SRC] = direct
            arguments[DNNL_ARG_DIFF_SCALE] = along
            arguments[DNNL_ARG_DIFF_SHIFT] = total
            try tape.run(descriptor, arguments, name: parts.name + ", gradient")
            guard input.needsGradient else { return }

            let (factor, constant) = (tape.memory(vector), tape.memory(vector))
            appendCorrection(along: along, total: total, factor: factor, constant: constant, to: tape)
            let correction = try affine(input.memory, factor, constant, on: tape)
            input.contribute(
                try tape.sum([direct, correction], as: data, name: parts.name + ", gradient through the statistics"))
        }

        /// What the statistics add to the gradient, as `factor · x + constant`.
        private func appendCorrection(
            along: TensorMemory, total: TensorMemory, factor: TensorMemory, constant: TensorMemory, to tape: Tape
        ) {
            let shape = input.memory.descriptor.shape
            let count = Double(shape.reduce(1, *) / shape[1] * communicator.size)
            let (mean, variance, scale, communicator) = (mean, variance, scale, communicator)
            let epsilon = Double(parts.epsilon)
            tape.append(
                .work(
                    memories: [along, total, mean, variance, factor, constant],
                    name: parts.name + ", gradient sums of all ranks"
                ) { () throws(TrainingError) in
                    // The ranks' sums go into others: their own are the gradients of γ and β, added up later.
                    _ = factor.floats.update(fromContentsOf: along.floats)
                    _ = constant.floats.update(fromContentsOf: total.floats)
                    try communicator.sum(factor.floats)
                    try communicator.sum(constant.floats)
                    for index in factor.floats.indices {
                        let inverse = 1 / (Double(variance.floats[index]) + epsilon).squareRoot()
                        let weight = Double(scale.floats[index]) * inverse / count
                        let slope = -weight * inverse * Double(factor.floats[index])
                        constant.floats[index] = Float(
                            -weight * Double(constant.floats[index]) - slope * Double(mean.floats[index]))
                        factor.floats[index] = Float(slope)
                    }
                })
        }

        /// `factor · x + constant` for each channel, as a normalisation with mean 0 and σ 1.
        private func affine(
            _ x: TensorMemory, _ factor: TensorMemory, _ constant: TensorMemory, on tape: Tape
        ) throws(TrainingError) -> TensorMemory {
            let vector = mean.descriptor
            let (zeros, ones) = (
                try TensorMemory(owned: vector, tape.engine), try TensorMemory(owned: vector, tape.engine)
            )
            ones.floats.update(repeating: 1 - parts.epsilon)
            let data = x.descriptor
            let descriptor = try parts.forward(
                data, flags: dnnl_use_scale.rawValue | dnnl_use_shift.rawValue | dnnl_use_global_stats.rawValue,
                propagation: dnnl_forward_inference, on: tape)
            let result = tape.memory(data)
            try tape.run(
                descriptor,
                [
                    DNNL_ARG_SRC: x, DNNL_ARG_DST: result, DNNL_ARG_MEAN: zeros, DNNL_ARG_VARIANCE: ones,
                    DNNL_ARG_SCALE: factor, DNNL_ARG_SHIFT: constant,
                ], name: parts.name + ", gradient through the statistics")
            return result
        }
    }
#endif
