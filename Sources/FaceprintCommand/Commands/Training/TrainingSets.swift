#if Training
    import FaceprintFiles
    import FaceprintModels
    import FaceprintTraining

    /// What goes into the network: photos or, for a head alone, the features of the body.
    struct TrainingSets {
        let training: TrainingSet
        /// nil where no pairs can be made.
        let validation: TrainingSet?

        init(_ plan: TrainingPlan, _ people: TrainingPeople, _ start: TrainingStart, isSilent: Bool) throws {
            let loader = BatchLoader(
                cache: people.cache, normalization: start.profile.normalization, channels: start.channels,
                augmentation: plan.options.augmentation)
            func set(_ examples: [TrainingPeople.Example], variants: Int) throws -> TrainingSet {
                let photos = PhotoSource(examples.map(\.entry), loader)
                let persons = examples.map(\.person)
                guard let body = plan.body else { return TrainingSet(photos, persons: persons) }
                var bar = ProgressBar("features", of: isSilent ? 0 : photos.count)
                defer { bar.clear() }
                let features = try FeatureSource(
                    of: photos, by: body, variants: variants, seed: plan.options.seed,
                    precision: plan.options.precision, cache: FeatureCache(folder: DataFolder().features),
                    progress: { bar.advance(by: $0) })
                return TrainingSet(features, persons: persons)
            }
            training = try set(people.training, variants: plan.options.augmentation == .none ? 1 : Self.variants)
            validation = people.validation.hasBothKinds ? try set(people.validation, variants: 1) : nil
        }

        /// Of each photo whose features are computed.
        private static let variants = 4
    }

    extension [TrainingPeople.Example] {
        /// Whether there are pairs of one person and of two.
        fileprivate var hasBothKinds: Bool {
            let people = Dictionary(grouping: self, by: \.person)
            return people.count >= 2 && people.values.contains { $0.count >= 2 }
        }
    }
#endif
