#if Training
    import COneDNN

    /// What layers append their steps to: forward in the order of the network, and then its gradient, backwards.
    final class Tape {
        let engine: Engine
        let parameters: ParameterStore
        /// Of activations; parameters and statistics are always 32-bit floats.
        let type: dnnl_data_type_t
        /// Photos.
        let batch: Int
        /// Whether what the gradient needs is kept.
        let isTraining: Bool
        /// Who the statistics of a batch are shared with.
        let communicator: any Communicator
        let context = PassContext()
        private(set) var steps: [Step] = []

        init(
            _ parameters: ParameterStore, precision: TrainingPrecision, batch: Int, isTraining: Bool,
            communicator: any Communicator
        ) {
            engine = parameters.engine
            self.parameters = parameters
            type = precision == .bf16 ? dnnl_bf16 : dnnl_f32
            self.batch = batch
            self.isTraining = isTraining
            self.communicator = communicator
        }

        var propagation: dnnl_prop_kind_t { isTraining ? dnnl_forward_training : dnnl_forward_inference }

        func append(_ step: Step) { steps.append(step) }

        /// Appends a primitive, with the scratch memory it asks for.
        func run(
            _ descriptor: PrimitiveDescriptor, _ arguments: [Int32: TensorMemory], name: String
        ) throws(TrainingError) {
            var arguments = arguments
            if let scratch = descriptor.tensor(dnnl_query_scratchpad_md) {
                arguments[DNNL_ARG_SCRATCHPAD] = memory(scratch)
            }
            append(.primitive(try Primitive(descriptor, name), arguments: arguments, name: name))
        }

        /// Appends the gradients of a layer's kernel and bias, the kernel's brought into the parameter's order.
        func runKernelGradient(
            _ descriptor: PrimitiveDescriptor, _ arguments: [Int32: TensorMemory], kernel: TensorMemory,
            bias: TensorMemory?, name: String
        ) throws(TrainingError) {
            guard let chosen = descriptor.tensor(dnnl_query_diff_weights_md) else {
                throw .unsupported(what: name, reason: "oneDNN names no order for its kernel's gradient")
            }
            let isInOrder = chosen == kernel.descriptor
            let result = isInOrder ? kernel : memory(chosen)
            var arguments = arguments
            arguments[DNNL_ARG_DIFF_WEIGHTS] = result
            arguments[DNNL_ARG_DIFF_BIAS] = bias
            try run(descriptor, arguments, name: name + ", kernel gradient")
            if !isInOrder { try reorder(result, into: kernel, name: name + ", kernel gradient") }
        }

        /// A tensor that the plan finds a place for.
        func memory(_ descriptor: TensorDescriptor) -> TensorMemory { TensorMemory(planned: descriptor, engine) }

        /// A tensor in the order that a primitive has chosen: itself, or a copy.
        func reordered(_ memory: TensorMemory, to wanted: TensorDescriptor?, name: String) throws(TrainingError)
            -> TensorMemory
        {
            guard let wanted, wanted != memory.descriptor else { return memory }
            let copy = self.memory(wanted)
            try reorder(memory, into: copy, name: name)
            return copy
        }

        func reorder(_ source: TensorMemory, into target: TensorMemory, name: String) throws(TrainingError) {
            let descriptor = try PrimitiveDescriptor(
                reordering: source.descriptor, to: target.descriptor, engine, name)
            try run(descriptor, [DNNL_ARG_FROM: source, DNNL_ARG_TO: target], name: name + ": reorder")
        }

        /// The sum of tensors of one shape.
        func sum(_ terms: [TensorMemory], as wanted: TensorDescriptor, name: String) throws(TrainingError)
            -> TensorMemory
        {
            let sum = memory(wanted)
            let sources = terms.map(\.descriptor.raw)
            let scales = [Float](repeating: 1, count: terms.count)
            let attributes = try Attributes()
            let descriptor = try PrimitiveDescriptor(name) { handle in
                withUnsafePointer(to: wanted.raw) {
                    dnnl_sum_primitive_desc_create(
                        &handle.pointee, $0, Int32(terms.count), scales, sources, attributes.handle, engine.handle)
                }
            }
            var arguments = [DNNL_ARG_DST: sum]
            for (index, term) in terms.enumerated() { arguments[DNNL_ARG_MULTIPLE_SRC + Int32(index)] = term }
            try run(descriptor, arguments, name: name + ": sum")
            return sum
        }
    }

    extension PrimitiveDescriptor {
        convenience init(
            reordering source: TensorDescriptor, to target: TensorDescriptor, scale: Float = 1, _ engine: Engine,
            _ what: String
        ) throws(TrainingError) {
            let attributes = try Attributes()
            if scale != 1 { try attributes.scale(by: scale) }
            try self.init(what) { handle in
                withUnsafePointer(to: source.raw) { source in
                    withUnsafePointer(to: target.raw) { target in
                        dnnl_reorder_primitive_desc_create(
                            &handle.pointee, source, engine.handle, target, engine.handle, attributes.handle)
                    }
                }
            }
        }
    }
#endif
