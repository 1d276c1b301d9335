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
#endif
