#if Training
    import CKernels
    import COneDNN
    import FaceprintModels

    /// Numbers of a layer that training changes: a kernel, a bias, γ, β, or a running statistic.
    ///
    /// They lie in the order that the layer's forward primitive has chosen, and stay so from step to step.
    public final class Parameter {
        /// The layer's.
        public let layer: String
        /// The checkpoint's: `kernel`, `bias`, `gamma`, `beta`, `moving_mean`, `moving_variance`.
        public let weight: String
        /// In Keras' order of axes.
        public let shape: [Int]
        /// Whether the loss' gradient changes it; running statistics and frozen layers don't learn.
        public let learns: Bool
        let value: TensorMemory
        /// Where the backward pass writes; in the order of the value. Only for what learns.
        let gradient: TensorMemory?
        /// The gradients of the passes of this step so far; nil where one pass has always been all of it.
        private var sumSoFar: TensorMemory?
        private var isWithinStep = false
        private let engine: Engine
        private var views: [View] = []

        /// A copy in another order or type, or multiplied by a constant, made anew after each change.
        private struct View {
            let memory: TensorMemory
            let scale: Float
            let reorder: Primitive
        }

        init(
            layer: String, weight: String, tensor: Tensor, order: TensorDescriptor, learns: Bool, _ engine: Engine
        ) throws(TrainingError) {
            self.layer = layer
            self.weight = weight
            self.engine = engine
            self.learns = learns
            shape = tensor.shape
            value = try TensorMemory(owned: order.with(dnnl_f32), engine)
            gradient = learns ? try TensorMemory(owned: order.with(dnnl_f32), engine) : nil
            try set(tensor.values)
        }

        /// Its name in the checkpoint.
        public var name: String { "\(layer)/\(weight)" }

        /// The numbers in Keras' order.
        public func tensor() throws(TrainingError) -> Tensor {
            Tensor(shape: shape, values: try inKerasOrder(value.floats))
        }

        /// The gradient in Keras' order; nil where it doesn't learn.
        public func gradientTensor() throws(TrainingError) -> Tensor? {
            guard let gradient else { return nil }
            return Tensor(shape: shape, values: try inKerasOrder(gradient.floats))
        }

        /// Sets the numbers.
        ///
        /// - Parameter numbers: In Keras' order, as many as it has.
        func set(_ numbers: [Float]) throws(TrainingError) { try set(numbers, in: value.floats) }

        /// Sets numbers that lie in this parameter's order, such as what an optimizer remembers of it.
        func set(_ numbers: [Float], in buffer: UnsafeMutableBufferPointer<Float>) throws(TrainingError) {
            let source = try TensorMemory(owned: try kerasOrder(), engine)
            _ = source.floats.update(fromContentsOf: numbers)
            let target = try zeros()
            try copy(source, to: target)
            _ = buffer.update(fromContentsOf: target.floats)
        }

        /// Numbers that lie in this parameter's order, in Keras'.
        func inKerasOrder(_ buffer: UnsafeMutableBufferPointer<Float>) throws(TrainingError) -> [Float] {
            let source = try zeros()
            _ = source.floats.update(fromContentsOf: buffer)
            let target = try TensorMemory(owned: try kerasOrder(), engine)
            try copy(source, to: target)
            return Array(target.floats)
        }

        private func zeros() throws(TrainingError) -> TensorMemory {
            try TensorMemory(owned: value.descriptor, engine)
        }

        /// The numbers in another order or type, times a constant, kept up by ``refresh()``.
        func view(_ wanted: TensorDescriptor, scale: Float = 1) throws(TrainingError) -> TensorMemory {
            if wanted == value.descriptor, scale == 1 { return value }
            if let view = views.first(where: { $0.memory.descriptor == wanted && $0.scale == scale }) {
                return view.memory
            }
            let memory = try TensorMemory(owned: wanted, engine)
            let descriptor = try PrimitiveDescriptor(
                reordering: value.descriptor, to: wanted, scale: scale, engine, name)
            let view = View(memory: memory, scale: scale, reorder: try Primitive(descriptor, name))
            views.append(view)
            try run(view.reorder, value, memory)
            return memory
        }

        /// Makes its copies anew.
        func refresh() throws(TrainingError) {
            for view in views { try run(view.reorder, value, view.memory) }
        }

        /// What is done when a pass has written the gradient: it is added up over the passes of a step and, at the
        /// step's end, over the ranks.
        func finishingStep(_ context: PassContext, _ communicator: any Communicator) -> Step {
            .work(memories: [], name: name + ", sum of gradients") { [self] () throws(TrainingError) in
                guard let gradient else { return }
                if isWithinStep, let sumSoFar {
                    fp_add(gradient.floats.baseAddress, sumSoFar.floats.baseAddress, gradient.floats.count)
                }
                isWithinStep = !context.endsStep
                if isWithinStep {
                    if sumSoFar == nil { sumSoFar = try TensorMemory(owned: gradient.descriptor, engine) }
                    _ = sumSoFar?.floats.update(fromContentsOf: gradient.floats)
                } else if !communicator.isAlone {
                    try communicator.beginSum(gradient.floats)
                }
            }
        }

        private func copy(_ source: TensorMemory, to target: TensorMemory) throws(TrainingError) {
            let descriptor = try PrimitiveDescriptor(
                reordering: source.descriptor, to: target.descriptor, engine, name)
            try run(try Primitive(descriptor, name), source, target)
        }

        private func run(_ reorder: Primitive, _ source: TensorMemory, _ target: TensorMemory) throws(TrainingError) {
            var arguments = [DNNL_ARG_FROM: source, DNNL_ARG_TO: target]
            if let scratch = reorder.descriptor.tensor(dnnl_query_scratchpad_md) {
                arguments[DNNL_ARG_SCRATCHPAD] = try TensorMemory(owned: scratch, engine)
            }
            try Step.primitive(reorder, arguments: arguments, name: name).prepared(on: engine).run()
        }

        /// Keras' kernels are `[height][width][input][filter]` and `[input][unit]`; oneDNN names the axes the other
        /// way round.
        private func kerasOrder() throws(TrainingError) -> TensorDescriptor {
            switch shape.count {
            case 4: try TensorDescriptor([shape[3], shape[2], shape[0], shape[1]], dnnl_f32, dnnl_hwio)
            case 2: try TensorDescriptor([shape[1], shape[0]], dnnl_f32, dnnl_io)
            default: try TensorDescriptor(plain: shape)
            }
        }
    }
#endif
