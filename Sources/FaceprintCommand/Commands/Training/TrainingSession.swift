#if Training
    import Faceprint
    import FaceprintEvaluation
    import FaceprintFiles
    import FaceprintModels
    import FaceprintTraining
    import Foundation

    /// A run of `faceprint train`, from its photos to a model in the catalogue.
    struct TrainingSession {
        private let start: TrainingStart
        private let plan: TrainingPlan
        private let people: TrainingPeople
        private let communicator: any Communicator
        private let name: String
        private let folder: String
        private let training: TrainingRun
        private let validation: TrainingSet?
        private let report: TrainingReporter

        init(
            _ arguments: Arguments, _ start: TrainingStart, _ plan: TrainingPlan, _ people: TrainingPeople,
            _ communicator: any Communicator
        ) throws {
            self.start = start
            self.plan = plan
            self.people = people
            self.communicator = communicator
            name = arguments.string("name") ?? "\(start.name)-trained"
            folder = arguments.string("output") ?? "\(DataFolder().runs)/\(name)"
            try ModelCatalogue.require(name: name)
            let sets = try TrainingSets(plan, people, start, isSilent: !communicator.isFirst)
            validation = sets.validation
            let trainer = try Trainer(
                plan.network, plan.options, training: sets.training, validation: sets.validation,
                learns: plan.learns, communicator: communicator)
            report = TrainingReporter(
                trainer, people, isJSON: arguments.has("json"), isSilent: !communicator.isFirst)
            let subject = [
                start.network.parametersDigest, people.digest, plan.frozenUntil ?? "",
                plan.body == nil ? "all" : "head",
            ].joined(separator: " ")
            training = try TrainingRun(
                trainer, folder: folder, resumes: arguments.has("resume"), title: "Training of \(name)",
                description: report.description(start: start.name, folder: arguments.operands[0]), subject: subject,
                communicator: communicator)
        }

        func run() throws -> ExitStatus {
            report.begin(people, ranks: communicator.size, folder: folder)
            let interruption = Interruption()
            let isComplete = try training.run(isInterrupted: { interruption.hasCome }, event: report.say)
            guard communicator.isFirst else { return isComplete ? .yes : .failure }
            report.end()
            guard isComplete else {
                Console.error("interrupted; what was learned is in “\(folder)”, go on with --resume")
                return .failure
            }
            try finish()
            return .yes
        }

        /// Puts the best network into the catalogue, with thresholds from the held-out photos.
        private func finish() throws {
            let best = try training.bestNetwork()
            let network = plan.body == nil ? best : start.network.taking(parametersOf: best)
            let thresholds = try validation.flatMap { try training.trainer.thresholds(on: $0, with: best) }
            let options = ImportOptions(
                name: name, preprocessing: start.profile, channels: start.channels,
                thresholds: thresholds ?? .uncalibrated, source: "trained from \(start.name) by faceprint train",
                licence: start.licence)
            _ = try ModelCatalogue().add(network, options: options)
            report.finish(name: name, thresholds: thresholds, folder: folder)
        }
    }
#endif
