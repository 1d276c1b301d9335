#if Training
    import COneDNN
    import Faceprint
    import FaceprintModels

    /// Sets a share of its input to zero and multiplies the rest by `1 / (1 − rate)`, so that the mean stays
    /// (Srivastava et al., *Dropout*, 2014). Outside of training it isn't there.
    struct DropoutLayer: TrainingLayer {
        let output: Value
        private let name: String
        private let input: Value
        /// 0 or `1 / (1 − rate)` for each number.
        private let mask: TensorMemory
        private let product: PrimitiveDescriptor

        init(_ layer: Layer, rate: Float, _ input: Value, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.input = input
            let data = input.memory.descriptor
            mask = tape.memory(data.with(dnnl_f32))
            var operation = dnnl_binary_desc_t()
            let status = withUnsafePointers(data.raw, mask.descriptor.raw, data.raw) {
                dnnl_binary_desc_init(&operation, dnnl_binary_mul, $0, $1, $2)
            }
            try DNNL.check(status, layer.name)
            product = try PrimitiveDescriptor(layer.name, operation, tape.engine, attributes: try Attributes())
            let (mask, context) = (self.mask, tape.context)
            tape.append(
                .work(memories: [mask], name: layer.name + ", mask") {
                    // 24 bits, as many as a float holds.
                    let bound = UInt64(Double(rate) * Double(1 << 24))
                    let kept = 1 / (1 - rate)
                    // A photo's numbers lie together, whatever the order of its axes.
                    let size = mask.floats.count / context.seeds.count
                    for (photo, seed) in context.seeds.enumerated() {
                        var random = SplitMix(seed: seed)
                        for index in (photo * size)..<((photo + 1) * size) {
                            mask.floats[index] = random.next() >> 40 < bound ? 0 : kept
                        }
                    }
                })
            let result = tape.memory(data)
            try tape.run(
                product, [DNNL_ARG_SRC_0: input.memory, DNNL_ARG_SRC_1: mask, DNNL_ARG_DST: result], name: layer.name)
            output = Value(result, needsGradient: input.needsGradient)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            let result = tape.memory(input.memory.descriptor)
            try tape.run(
                product,
                [
                    DNNL_ARG_SRC_0: try tape.reordered(gradient, to: input.memory.descriptor, name: name),
                    DNNL_ARG_SRC_1: mask, DNNL_ARG_DST: result,
                ], name: name + ", gradient")
            input.contribute(result)
        }
    }
#endif
