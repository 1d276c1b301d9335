#if Training
    import Faceprint
    import FaceprintEvaluation
    import FaceprintModels

    extension Trainer {
        /// The thresholds of a network of this run's architecture, from photos that it isn't trained on; extrapolated
        /// where there are too few pairs of different people to measure them.
        ///
        /// - Returns: nil where there are too few pairs even for that.
        public func thresholds(on set: TrainingSet, with network: Network) throws -> Thresholds? {
            let store = try ParameterStore(network)
            let graph = try TrainingGraph(
                store, batch: min(set.source.count, 32), isTraining: false, options: .init(precision: .f32))
            let embeddings = try Self.embeddings(of: set.source, by: graph)
            let rates = try ErrorRates(embeddings: embeddings, persons: set.persons)
            guard let verification = rates.extrapolatedThreshold(fmr: Thresholds.verificationRate),
                let identification = rates.extrapolatedThreshold(fmr: Thresholds.identificationRate)
            else { return nil }
            return Thresholds(verification: verification, identification: identification)
        }
    }

    extension FeatureSource {
        /// Computes what a network gives for each photo, unchanged and changed in some ways.
        ///
        /// - Parameter variants: How many, the unchanged among them.
        public init(of photos: PhotoSource, by body: Network, variants: Int, seed: UInt64) throws {
            let store = try ParameterStore(body)
            let graph = try TrainingGraph(
                store, batch: min(photos.count, 32), isTraining: false, options: .init(isNormalized: false))
            var all: [[Float]] = []
            for variant in 0..<variants {
                var random = SplitMix(seed: seed &+ UInt64(variant))
                let changed = ChangedSource(
                    source: photos, seeds: variant == 0 ? nil : (0..<photos.count).map { _ in random.next() })
                all.append(Array(try Trainer.embeddings(of: changed, by: graph).joined()))
            }
            self.init(variants: all, length: graph.embeddingLength)
        }
    }

    /// Photos each of which is changed in the same way whenever it is asked for.
    private struct ChangedSource: TrainingSource {
        let source: PhotoSource
        /// nil to change none.
        let seeds: [UInt64]?

        var count: Int { source.count }

        func inputs(at places: [Int], seeds _: [UInt64]?) throws -> [Float] {
            try source.inputs(at: places, seeds: seeds.map { seeds in places.map { seeds[$0] } })
        }
    }
#endif
