#if Training
    import Faceprint
    import FaceprintModels

    /// Trains a network on a set of photos.
    ///
    /// ```swift
    /// let trainer = try Trainer(network, options, training: photos, validation: others)
    /// try trainer.run { event in print(event) }
    /// let trained = try trainer.parameters.trainedNetwork()
    /// ```
    ///
    /// Everything random follows from the options' seed and from the place in the run, so that the same photos, options
    /// and machine give the same bits, whether the run was interrupted or not. One thread uses it.
    public final class Trainer {
        public let options: TrainingOptions
        public let parameters: ParameterStore
        /// Of an epoch.
        public let stepsPerEpoch: Int
        public internal(set) var state = TrainingState()
        let loss: any BatchLoss
        let update: ParameterUpdate
        private let training: TrainingSet
        private let validation: TrainingSet?
        private let communicator: any Communicator
        private let sampler: BatchSampler
        private let graph: TrainingGraph
        private let evaluation: TrainingGraph?
        private let clock = ContinuousClock()

        /// - Parameters:
        ///   - training: What is learned from.
        ///   - validation: What each epoch is judged by; nil to take the last epoch for the best.
        ///   - learns: Whether a layer's parameters change.
        ///   - communicator: Who else works on the same batches.
        /// - Throws: ``TrainingError``.
        public init(
            _ network: Network, _ options: TrainingOptions, training: TrainingSet, validation: TrainingSet? = nil,
            learns: @escaping (Layer) -> Bool = { _ in true }, communicator: any Communicator = SingleProcess()
        ) throws(TrainingError) {
            self.options = options
            self.training = training
            self.validation = validation
            self.communicator = communicator
            sampler = try BatchSampler(
                labels: training.labels, persons: options.persons, photosPerPerson: options.photosPerPerson,
                seed: options.seed)
            guard sampler.batchSize % communicator.size == 0 else {
                throw .unevenBatch(photos: sampler.batchSize, ranks: communicator.size)
            }
            stepsPerEpoch = sampler.batchCount
            let parameters = try ParameterStore(network, learns: learns)
            self.parameters = parameters
            let own = sampler.batchSize / communicator.size
            let micro = min(max(options.microBatch ?? own, 1), own)
            graph = try TrainingGraph(
                parameters, batch: (1...micro).last { own % $0 == 0 } ?? own,
                options: .init(precision: options.precision),
                communicator: options.sharesStatistics ? communicator : SingleProcess(), sums: communicator)
            evaluation = try validation.map { set throws(TrainingError) in
                try TrainingGraph(
                    parameters, batch: min(set.source.count, 32), isTraining: false,
                    options: .init(precision: options.precision))
            }
            loss = options.makeLoss(classes: training.personCount, length: graph.embeddingLength)
            update = ParameterUpdate(
                parameters.learning, loss.parameters, optimizer: options.makeOptimizer(),
                schedule: options.makeSchedule(steps: stepsPerEpoch * options.epochs), decay: options.weightDecay,
                clipping: options.clipping)
        }

        /// Photos of a batch.
        public var batchSize: Int { sampler.batchSize }

        /// Persons who are learned from: those with two photos.
        public var personCount: Int { sampler.personCount }

        /// The memory of activations, in bytes.
        public var activationByteCount: Int { graph.activationByteCount }

        /// Goes on from ``state`` to the last epoch, or until there is no better one for too long.
        ///
        /// - Parameters:
        ///   - event: Is told of each step and epoch; what it throws ends the run.
        ///   - isInterrupted: Is asked after each step whether to stop there.
        /// - Returns: Whether the run is complete, not interrupted.
        /// - Throws: ``TrainingError/diverged(epoch:step:what:)``, with the parameters as they were before that step.
        public func run(
            isInterrupted: () -> Bool = { false }, event: (TrainingEvent) throws -> Void = { _ in }
        ) throws -> Bool {
            if state.allSteps == 0 {
                let report = try validate()
                state.best = report
                try event(.epoch(EpochReport(epoch: 0, loss: nil, validation: report, isBest: true)))
            }
            while state.epochs < options.epochs, !isPatienceOver {
                let batches = sampler.batches(epoch: state.epochs)
                while state.steps < batches.count {
                    try event(.step(try step(batches[state.steps])))
                    // One rank's interruption is everybody's.
                    if try communicator.gather([isInterrupted() ? 1 : 0]).contains(1) { return false }
                }
                try event(.epoch(try endEpoch()))
            }
            return true
        }

        private var isPatienceOver: Bool { options.patience.map { state.epochsSinceBest >= $0 } ?? false }

        private func endEpoch() throws -> EpochReport {
            let report = try validate()
            let isBest = report.map { report in state.best.map { report.isBetter(than: $0) } ?? true } ?? true
            if isBest { state.best = report }
            state.epochsSinceBest = isBest ? 0 : state.epochsSinceBest + 1
            state.epochs += 1
            let loss = state.lossSum / Double(max(state.steps, 1))
            state.steps = 0
            state.lossSum = 0
            return EpochReport(epoch: state.epochs, loss: loss, validation: report, isBest: isBest)
        }

        /// One batch, and one change of the parameters.
        private func step(_ batch: [Int]) throws -> StepReport {
            let start = clock.now
            let (epoch, number) = (state.epochs + 1, state.steps + 1)
            var random = SplitMix(
                seed: options.seed &+ UInt64(state.allSteps + 1) &* 0xD1B5_4A32_D192_ED03)
            let lossSeed = random.next()
            let seeds = batch.map { _ in random.next() }
            let passes = passes(of: batch, seeds)

            // All embeddings are needed before the loss, so the passes but the last one are made twice.
            var own: [Float] = []
            for (index, pass) in passes.enumerated() {
                try forward(pass, movesStatistics: index == passes.count - 1)
                own += graph.embeddings
            }
            let embeddings = try communicator.gather(own)
            guard embeddings.allSatisfy(\.isFinite) else {
                throw TrainingError.diverged(epoch: epoch, step: number, what: "an embedding isn't finite")
            }
            let result = loss(
                EmbeddingBatch(embeddings, length: graph.embeddingLength, labels: batch.map { training.labels[$0] }),
                seed: lossSeed)
            let first = state.firstLoss ?? result.value
            guard result.value.isFinite, result.value <= 1000 * max(first, 1) else {
                throw TrainingError.diverged(epoch: epoch, step: number, what: "the loss is \(result.value)")
            }
            let ownGradient = Array(
                result.gradient[(communicator.rank * own.count)..<((communicator.rank + 1) * own.count)])
            let size = own.count / passes.count
            for (index, pass) in passes.enumerated().reversed() {
                if index < passes.count - 1 { try forward(pass, movesStatistics: true) }
                try graph.backward(Array(ownGradient[(index * size)..<((index + 1) * size)]), endsStep: index == 0)
            }
            let norm = update(step: state.allSteps + 1)
            guard norm.isFinite else {
                throw TrainingError.diverged(epoch: epoch, step: number, what: "a gradient isn't finite")
            }
            loss.endStep()
            try parameters.refresh()
            state.firstLoss = first
            state.lossSum += result.value
            state.steps += 1
            state.allSteps += 1
            return StepReport(
                epoch: epoch, step: number, steps: stepsPerEpoch, loss: result.value,
                rate: update.rate(at: state.allSteps), count: result.summary.count,
                activeFraction: result.summary.activeFraction, positiveDistance: result.summary.positiveDistance,
                negativeDistance: result.summary.negativeDistance, gradientNorm: norm,
                photosPerSecond: Double(batch.count) / ((clock.now - start) / .seconds(1)))
        }

        /// What goes through the network at once.
        private struct Pass {
            let places: [Int]
            let seeds: [UInt64]
        }

        /// This rank's part of a batch.
        private func passes(of batch: [Int], _ seeds: [UInt64]) -> [Pass] {
            let own = batch.count / communicator.size
            let first = communicator.rank * own
            return stride(from: first, to: first + own, by: graph.batch).map { start in
                let range = start..<(start + graph.batch)
                return Pass(places: Array(batch[range]), seeds: Array(seeds[range]))
            }
        }

        private func forward(_ pass: Pass, movesStatistics: Bool) throws {
            graph.setPhotos(try training.source.inputs(at: pass.places, seeds: pass.seeds))
            try graph.forward(seeds: pass.seeds, movesStatistics: movesStatistics)
        }

        /// - Returns: nil where nothing is held out.
        private func validate() throws -> ValidationReport? {
            guard let validation, let evaluation else { return nil }
            let embeddings = try Self.embeddings(of: validation.source, by: evaluation)
            return try ValidationReport(embeddings: embeddings, persons: validation.persons)
        }

        /// - Parameter graph: Not in training.
        static func embeddings(of source: any TrainingSource, by graph: TrainingGraph) throws -> [[Float]] {
            var embeddings: [[Float]] = []
            for start in stride(from: 0, to: source.count, by: graph.batch) {
                // The last batch is filled up with its last input.
                let places = (start..<(start + graph.batch)).map { min($0, source.count - 1) }
                graph.setPhotos(try source.inputs(at: places, seeds: nil))
                try graph.forward()
                let (found, length) = (graph.embeddings, graph.embeddingLength)
                for index in 0..<min(graph.batch, source.count - start) {
                    embeddings.append(Array(found[(index * length)..<((index + 1) * length)]))
                }
            }
            return embeddings
        }
    }
#endif
