#if Training
    import FaceprintModels
    import FaceprintTraining

    extension Option {
        static let training = [
            value("epochs", "N", "how often each photo is seen (default: 20)"),
            value("persons", "P", "persons of a batch (default: 8)"),
            value("photos", "K", "photos of each person in a batch (default: 4)"),
            value("micro-batch", "N", "photos that go through the network at once: fewer take less memory"),
            choice("loss", LossKind.allCases.map(\.rawValue), "(default: triplet)"),
            value("margin", "ALPHA", "of the triplet loss, in squared distance (default: 0.2)"),
            choice("mining", MiningKind.allCases.map(\.rawValue), "which negatives (default: semi-hard)"),
            choice("optimizer", OptimizerKind.allCases.map(\.rawValue), "(default: sgd, with momentum 0.9)"),
            value("rate", "RATE", "the learning rate (default: sgd 0.01, adagrad 0.01, adam 0.001)"),
            choice("schedule", ScheduleKind.allCases.map(\.rawValue), "how the rate falls (default: cosine)"),
            value("warm-up", "STEPS", "in which the rate rises from 0 (default: 20)"),
            value("weight-decay", "DECAY", "of kernels (default: 5e-4)"),
            value("clip", "NORM", "the largest norm of all gradients together; 0 for any (default: 5)"),
            value("patience", "EPOCHS", "end after so many epochs without a better one"),
            value("seed", "N", "all random choices follow from it (default: 1)"),
            choice("precision", TrainingPrecision.allCases.map(\.rawValue), "of activations (default: f32)"),
            choice(
                "batch-norm", ["shared", "local"],
                "with mpirun: statistics of all ranks' photos, as one process has, or of each rank's (default: shared)"),
            flag("no-augmentation", "don't mirror, shift, turn, scale, colour or blur the photos"),
        ]
    }

    /// How a network is trained, and which part of it.
    struct TrainingPlan {
        let options: TrainingOptions
        /// The last layer that stays as it is; nil when all learn.
        let frozenUntil: String?
        /// What computes the features that only the head is trained on; nil when photos go through the whole network.
        let body: Network?
        /// What is trained.
        let network: Network

        init(_ arguments: Arguments, _ start: TrainingStart) throws {
            options = try TrainingOptions(arguments)
            frozenUntil = arguments.string("freeze-until")
            if let frozenUntil, !start.network.layers.contains(where: { $0.name == frozenUntil }) {
                throw UsageError(
                    "“\(start.name)” has no layer “\(frozenUntil)”; `faceprint model show` lists some, such as "
                        + "\(start.network.layers.suffix(8).map(\.name).joined(separator: ", "))")
            }
            guard arguments.has("head-only") else {
                body = nil
                network = start.network
                return
            }
            guard frozenUntil == nil else {
                throw UsageError("--head-only freezes by itself; leave out --freeze-until")
            }
            guard let parts = start.network.splitAfterLastPooling() else {
                throw UsageError("“\(start.name)” has no global average pooling, after which its head would begin")
            }
            (body, network) = parts
        }

        /// Whether a layer's parameters change.
        func learns(_ layer: Layer) -> Bool { !frozen.contains(layer.name) }

        private var frozen: Set<String> {
            guard let frozenUntil, let last = network.layers.firstIndex(where: { $0.name == frozenUntil }) else {
                return []
            }
            return Set(network.layers[...last].map(\.name))
        }
    }

    extension TrainingOptions {
        fileprivate init(_ arguments: Arguments) throws {
            self.init()
            epochs = try arguments.number("epochs", in: 1...100_000) ?? epochs
            persons = try arguments.number("persons", in: 2...4096) ?? persons
            photosPerPerson = try arguments.number("photos", in: 2...256) ?? photosPerPerson
            microBatch = try arguments.number("micro-batch", in: 1...4096)
            loss = arguments.string("loss").flatMap(LossKind.init) ?? loss
            margin = try arguments.number("margin", in: 0...4.0) ?? margin
            mining = arguments.string("mining").flatMap(MiningKind.init) ?? mining
            optimizer = arguments.string("optimizer").flatMap(OptimizerKind.init) ?? optimizer
            rate = try arguments.number("rate", in: 0...1000.0) ?? (optimizer == .adam ? 0.001 : 0.01)
            schedule = arguments.string("schedule").flatMap(ScheduleKind.init) ?? schedule
            warmUp = try arguments.number("warm-up", in: 0...1_000_000) ?? warmUp
            weightDecay = try arguments.number("weight-decay", in: 0...1.0) ?? weightDecay
            clipping = try arguments.number("clip", in: 0...1e9) ?? clipping
            if clipping == 0 { clipping = nil }
            patience = try arguments.number("patience", in: 1...100_000)
            seed = try arguments.number("seed", in: 0...UInt64.max) ?? seed
            precision = arguments.string("precision").flatMap(TrainingPrecision.init) ?? precision
            sharesStatistics = arguments.string("batch-norm") != "local"
            if arguments.has("no-augmentation") { augmentation = .none }
        }
    }
#endif
