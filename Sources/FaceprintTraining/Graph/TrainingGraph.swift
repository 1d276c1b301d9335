#if Training
    import COneDNN
    import FaceprintModels

    /// A network compiled for batches of one size: photos in, embeddings out, and back from the embeddings' gradient to
    /// that of every parameter.
    ///
    /// ```swift
    /// let parameters = try ParameterStore(network)
    /// let graph = try TrainingGraph(parameters, batch: 24)
    /// graph.setPhotos(pixels)
    /// graph.forward()
    /// graph.setEmbeddingGradient(gradient)
    /// graph.backward()
    /// ```
    ///
    /// It is used by one thread.
    public final class TrainingGraph {
        public struct Options: Hashable, Sendable {
            public var precision: TrainingPrecision
            /// Whether embeddings are scaled to unit length, as the last layer.
            public var isNormalized: Bool
            /// Whether dropout layers drop.
            public var hasDropout: Bool

            public init(precision: TrainingPrecision = .f32, isNormalized: Bool = true, hasDropout: Bool = true) {
                self.precision = precision
                self.isNormalized = isNormalized
                self.hasDropout = hasDropout
            }
        }

        public let parameters: ParameterStore
        /// Photos.
        public let batch: Int
        /// The length of an embedding.
        public let embeddingLength: Int
        private let input: TensorMemory
        private let output: TensorMemory
        private let outputGradient: TensorMemory
        private let context: PassContext
        private let sums: any Communicator
        private let plan: MemoryPlan
        private let forwardSteps: [PreparedStep]
        private let backwardSteps: [PreparedStep]

        /// Compiles a network.
        ///
        /// - Parameters:
        ///   - isTraining: Whether batch normalisation uses the batch's statistics, dropout drops, and ``backward()``
        ///     can be called.
        ///   - communicator: With whom batch normalisation shares its statistics.
        ///   - sums: With whom gradients are added up.
        /// - Throws: ``TrainingError`` for a layer that oneDNN can't compute here, for bf16 on a processor without it,
        ///   and where there isn't the memory.
        public init(
            _ parameters: ParameterStore, batch: Int, isTraining: Bool = true, options: Options = Options(),
            communicator: any Communicator = SingleProcess(), sums: any Communicator = SingleProcess()
        ) throws(TrainingError) {
            guard options.precision == .f32 || DNNL.hasBF16 else { throw .noBF16 }
            self.parameters = parameters
            self.batch = batch
            self.sums = sums
            let tape = Tape(
                parameters, precision: options.precision, batch: batch, isTraining: isTraining,
                communicator: communicator)
            context = tape.context
            let layers = try LayerChain(parameters.network, options: options, on: tape)
            input = layers.input
            output = layers.output.memory
            embeddingLength = output.descriptor.shape[1]
            outputGradient = tape.memory(output.descriptor)
            let forwardCount = tape.steps.count
            if isTraining { try layers.appendGradients(outputGradient, sums, to: tape) }
            plan = try MemoryPlan(tape.steps, kept: [input.block, output.block, outputGradient.block])
            var steps: [PreparedStep] = []
            for step in tape.steps { steps.append(try step.prepared(on: tape.engine)) }
            forwardSteps = Array(steps[..<forwardCount])
            backwardSteps = Array(steps[forwardCount...])
        }

        /// The memory of activations and gradients, without that of the parameters.
        public var activationByteCount: Int { plan.byteCount }

        /// - Parameter photos: `[batch][height][width][channel]`, already standardised.
        public func setPhotos(_ photos: [Float]) {
            precondition(photos.count == input.floats.count, "photos of another size or number than the graph's")
            _ = input.floats.update(fromContentsOf: photos)
        }

        /// Computes ``embeddings``.
        ///
        /// - Parameters:
        ///   - seeds: What dropout's choice follows from, one a photo.
        ///   - movesStatistics: Whether the running statistics take note of these photos.
        public func forward(seeds: [UInt64]? = nil, movesStatistics: Bool = true) throws(TrainingError) {
            context.seeds = seeds ?? [UInt64](repeating: 0, count: batch)
            context.movesStatistics = movesStatistics
            for step in forwardSteps { try step.run() }
        }

        /// `[batch][embeddingLength]`, of the last ``forward(seeds:movesStatistics:)``.
        public var embeddings: [Float] { Array(output.floats) }

        /// Computes the gradient of each parameter that learns, from the embeddings'.
        ///
        /// - Parameters:
        ///   - embeddingGradient: `[batch][embeddingLength]`: of the loss with respect to ``embeddings``.
        ///   - endsStep: Whether the gradients are complete after this. Before, they are only added up; then, what was
        ///     added up is added to them, and the ranks' sums begin.
        public func backward(_ embeddingGradient: [Float], endsStep: Bool = true) throws(TrainingError) {
            context.endsStep = endsStep
            precondition(embeddingGradient.count == outputGradient.floats.count, "a gradient of another size")
            _ = outputGradient.floats.update(fromContentsOf: embeddingGradient)
            for step in backwardSteps {
                try step.run()
                try sums.progress()
            }
            try sums.finishSums()
        }
    }
#endif
