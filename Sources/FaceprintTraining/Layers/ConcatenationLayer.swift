#if Training
    import COneDNN
    import FaceprintModels

    /// Its inputs one after the other along the channels; the gradient is cut apart at the same places.
    struct ConcatenationLayer: TrainingLayer {
        let output: Value
        private let name: String
        private let inputs: [Value]

        init(_ layer: Layer, _ inputs: [Value], on tape: Tape) throws(TrainingError) {
            name = layer.name
            self.inputs = inputs
            let sources = inputs.map(\.memory.descriptor.raw)
            let attributes = try Attributes()
            let descriptor = try PrimitiveDescriptor(layer.name) { handle in
                dnnl_concat_primitive_desc_create(
                    &handle.pointee, nil, Int32(sources.count), 1, sources, attributes.handle, tape.engine.handle)
            }
            guard let order = descriptor.tensor(dnnl_query_dst_md) else {
                throw .unsupported(what: layer.name, reason: "oneDNN names no order for its output")
            }
            let result = tape.memory(order)
            var arguments = [DNNL_ARG_DST: result]
            for (index, input) in inputs.enumerated() {
                arguments[DNNL_ARG_MULTIPLE_SRC + Int32(index)] = input.memory
            }
            try tape.run(descriptor, arguments, name: layer.name)
            output = Value(result, needsGradient: inputs.contains(where: \.needsGradient))
        }

        func appendGradient(_ gradient: TensorMemory, to tape: Tape) throws(TrainingError) {
            var whole = gradient
            if parts(of: whole) == nil {
                // A block holds channels of two inputs.
                let plain = try TensorDescriptor(
                    whole.descriptor.shape, whole.descriptor.type,
                    whole.descriptor.shape.count == 2 ? dnnl_nc : dnnl_nchw)
                whole = try tape.reordered(whole, to: plain, name: name)
            }
            guard let parts = parts(of: whole) else {
                throw .unsupported(what: name, reason: "its gradient can't be cut apart")
            }
            for (input, part) in zip(inputs, parts) where input.needsGradient {
                let result = tape.memory(input.memory.descriptor)
                try tape.reorder(
                    TensorMemory(part, in: whole.block, tape.engine), into: result, name: name + ", gradient")
                input.contribute(result)
            }
        }

        private func parts(of whole: TensorMemory) -> [TensorDescriptor]? {
            var offset = 0
            var parts: [TensorDescriptor] = []
            for input in inputs {
                let shape = input.memory.descriptor.shape
                guard let part = whole.descriptor.channels(shape, from: offset) else { return nil }
                parts.append(part)
                offset += shape[1]
            }
            return parts
        }
    }
#endif
