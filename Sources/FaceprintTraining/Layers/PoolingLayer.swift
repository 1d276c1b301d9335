#if Training
    import COneDNN
    import FaceprintModels

    /// The largest or the mean number of each window. The mean is over the pixels that are there, not over padding.
    struct PoolingLayer: TrainingLayer {
        enum Kind {
            case maximum
            case average

            fileprivate var algorithm: dnnl_alg_kind_t {
                switch self {
                case .maximum: dnnl_pooling_max
                case .average: dnnl_pooling_avg_exclude_padding
                }
            }
        }

        let output: Value
        private let name: String
        private let kind: Kind
        private let input: Value
        private let workspace: TensorMemory?
        private let forward: PrimitiveDescriptor
        private let pooled: TensorMemory
        private let geometry: Geometry

        private struct Geometry {
            let strides: [Int64]
            let size: [Int64]
            let before: [Int64]
            let after: [Int64]
        }

        /// - Parameter window: nil for all of the height and width; the output is then `[batch][channel]`, and 32-bit
        ///   floats, as what follows is small.
        init(_ layer: Layer, _ kind: Kind, _ window: Window?, _ input: Value, on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.kind = kind
            self.input = input
            let shape = input.memory.descriptor.shape
            let chosen = window ?? Window(height: shape[2], width: shape[3])
            let padding = chosen.padding(height: shape[2], width: shape[3])
            let geometry = Geometry(
                strides: [Int64(chosen.strideY), Int64(chosen.strideX)],
                size: [Int64(chosen.height), Int64(chosen.width)],
                before: [Int64(padding.top), Int64(padding.left)], after: [Int64(padding.bottom), Int64(padding.right)])
            self.geometry = geometry
            let outputSize = window == nil ? [1, 1] : Array(layer.outputShape.prefix(2))
            let outputOrder = try TensorDescriptor(
                [tape.batch, shape[1]] + outputSize, input.memory.descriptor.type, dnnl_format_tag_any)
            var operation = dnnl_pooling_desc_t()
            let status = withUnsafePointer(to: input.memory.descriptor.raw) { source in
                withUnsafePointer(to: outputOrder.raw) {
                    dnnl_pooling_forward_desc_init(
                        &operation, tape.propagation, kind.algorithm, source, $0, geometry.strides, geometry.size,
                        geometry.before, geometry.after)
                }
            }
            try DNNL.check(status, layer.name)
            forward = try PrimitiveDescriptor(layer.name, operation, tape.engine, attributes: try Attributes())
            guard let chosenOutput = forward.tensor(dnnl_query_dst_md) else {
                throw .unsupported(what: layer.name, reason: "oneDNN names no order for its output")
            }
            workspace = forward.tensor(dnnl_query_workspace_md).map(tape.memory)
            pooled = tape.memory(chosenOutput)
            var arguments = [DNNL_ARG_SRC: input.memory, DNNL_ARG_DST: pooled]
            arguments[DNNL_ARG_WORKSPACE] = workspace
            try tape.run(forward, arguments, name: layer.name)
            guard window == nil else {
                output = Value(pooled, needsGradient: input.needsGradient)
                return
            }
            // `[batch][channel][1][1]` of 32-bit floats in plain order lies as `[batch][channel]` does.
            let vectors = try TensorDescriptor(plain: [tape.batch, shape[1], 1, 1])
            let plain = try tape.reordered(pooled, to: vectors, name: layer.name)
            output = Value(
                TensorMemory(try TensorDescriptor(plain: [tape.batch, shape[1]]), in: plain.block, tape.engine),
                needsGradient: input.needsGradient)
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            var gradient = gradient
            if gradient.descriptor.shape.count == 2 {
                let plain = try TensorDescriptor(plain: gradient.descriptor.shape)
                let vectors = try tape.reordered(gradient, to: plain, name: name)
                gradient = TensorMemory(
                    try TensorDescriptor(plain: plain.shape + [1, 1]), in: vectors.block, tape.engine)
            }
            gradient = try tape.reordered(gradient, to: pooled.descriptor, name: name + ", its gradient")
            var operation = dnnl_pooling_desc_t()
            let status = withUnsafePointer(to: input.memory.descriptor.raw) { source in
                withUnsafePointer(to: gradient.descriptor.raw) {
                    dnnl_pooling_backward_desc_init(
                        &operation, kind.algorithm, source, $0, geometry.strides, geometry.size,
                        geometry.before, geometry.after)
                }
            }
            try DNNL.check(status, name)
            let descriptor = try PrimitiveDescriptor(
                name, operation, tape.engine, attributes: try Attributes(), forward: forward)
            let result = tape.memory(input.memory.descriptor)
            var arguments = [DNNL_ARG_DIFF_DST: gradient, DNNL_ARG_DIFF_SRC: result]
            arguments[DNNL_ARG_WORKSPACE] = workspace
            try tape.run(descriptor, arguments, name: name + ", gradient")
            input.contribute(result)
        }
    }
#endif
