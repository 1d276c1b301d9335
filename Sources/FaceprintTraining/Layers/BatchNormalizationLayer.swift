#if Training
    import COneDNN
    import FaceprintModels

    /// Batch normalisation, and the ReLU after it where there is one:
    /// `relu((x − mean) / √(variance + ε) · γ + β)` for each channel (Ioffe and Szegedy, *Batch Normalization*, 2015).
    ///
    /// Where it learns, mean and variance are the batch's, and the running ones move towards them by `1 − momentum`;
    /// frozen or outside of training they are the running ones. The variance is the biased one in both places.
    struct BatchNormalizationLayer: TrainingLayer {
        let output: Value
        var parameters: [Parameter] { parts.parameters }
        private let input: Value
        private let parts: BatchNormalizationParts
        private let mean: TensorMemory
        private let variance: TensorMemory
        private let workspace: TensorMemory?
        private let forward: PrimitiveDescriptor

        init(_ parts: BatchNormalizationParts, _ input: Value, on tape: Tape) throws(TrainingError) {
            self.parts = parts
            self.input = input
            let data = input.memory.descriptor
            let needsGradient = input.needsGradient || parts.learns
            let flags = parts.flags | (parts.usesBatch ? 0 : dnnl_use_global_stats.rawValue)
            forward = try parts.forward(
                data, flags: flags, propagation: needsGradient ? tape.propagation : dnnl_forward_inference, on: tape)
            mean = parts.usesBatch ? tape.memory(parts.runningMean.value.descriptor) : parts.runningMean.value
            variance =
                parts.usesBatch ? tape.memory(parts.runningVariance.value.descriptor) : parts.runningVariance.value
            workspace = forward.tensor(dnnl_query_workspace_md).map(tape.memory)
            let result = tape.memory(data)
            var arguments = parts.arguments(
                input.memory, mean: mean, variance: variance, workspace: workspace)
            arguments[DNNL_ARG_DST] = result
            try tape.run(forward, arguments, name: parts.name)
            output = Value(result, needsGradient: needsGradient)
            if parts.usesBatch { parts.appendRunningStatistics(mean: mean, variance: variance, to: tape) }
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let data = input.memory.descriptor
            let flags = parts.flags | (parts.usesBatch ? 0 : dnnl_use_global_stats.rawValue)
            let descriptor = try parts.backward(data, flags: flags, forward: forward, on: tape)
            let result = tape.memory(data)
            var arguments = parts.arguments(
                input.memory, mean: mean, variance: variance, workspace: workspace)
            arguments[DNNL_ARG_DIFF_DST] = try tape.reordered(gradient, to: data, name: parts.name)
            arguments[DNNL_ARG_DIFF_SRC] = result
            // oneDNN computes these whether they are learned or not.
            arguments[DNNL_ARG_DIFF_SCALE] = parts.scale.map { $0.gradient ?? tape.memory($0.value.descriptor) }
            arguments[DNNL_ARG_DIFF_SHIFT] = parts.shift.map { $0.gradient ?? tape.memory($0.value.descriptor) }
            try tape.run(descriptor, arguments, name: parts.name + ", gradient")
            if input.needsGradient { input.contribute(result) }
        }
    }
#endif
