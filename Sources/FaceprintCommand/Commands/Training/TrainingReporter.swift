#if Training
    import FaceprintModels
    import FaceprintTraining
    import Foundation

    /// Says how a run goes: a line that changes on a terminal, and a line each epoch.
    final class TrainingReporter {
        private let options: TrainingOptions
        private let isJSON: Bool
        private let isSilent: Bool
        private let total: Int
        private let batchSize: Int
        private let personCount: Int
        private let photoCount: Int
        private var bar: ProgressBar
        private var first: ValidationReport?
        private var best: ValidationReport?
        private var hasWarned = false

        init(_ trainer: Trainer, _ people: TrainingPeople, isJSON: Bool, isSilent: Bool) {
            options = trainer.options
            self.isJSON = isJSON
            self.isSilent = isSilent
            total = trainer.stepsPerEpoch * options.epochs
            batchSize = trainer.batchSize
            personCount = trainer.personCount
            photoCount = people.training.count
            bar = ProgressBar("steps", of: isSilent ? 0 : total)
        }

        /// What is trained, on what, and how.
        func description(start: String, folder: String) -> [String] {
            let loss = options.loss == .triplet ? "triplet loss, \(options.mining.rawValue)" : options.loss.rawValue
            return [
                "from \(start), on \(counted(photoCount, "photo", "photos")) of "
                    + "\(counted(personCount, "person", "people")) in “\(folder)”",
                "\(loss); \(options.optimizer.rawValue), rate \(options.rate), \(options.schedule.rawValue); "
                    + "batches of \(batchSize); \(options.precision.rawValue); seed \(options.seed)",
            ]
        }

        func begin(_ people: TrainingPeople, ranks: Int, folder: String) {
            guard !isSilent else { return }
            for refusal in people.refusals.prefix(20) {
                Console.error("\(refusal.path) is left out: \(refusal.reason)")
            }
            if people.refusals.count > 20 { Console.error("and \(people.refusals.count - 20) photos more") }
            if people.loneCount > 0 {
                Console.error(
                    "\(counted(people.loneCount, "person has", "people have")) one photo and can't make a pair; left out of training"
                )
            }
            // Said now: mpirun lets nobody speak once a rank has ended.
            if ranks > 1 {
                Console.error(
                    "\(ranks) ranks; when one ends, all do: then go on from the last epoch, in “\(folder)”, with --resume"
                )
            }
            guard !isJSON else { return }
            Console.line(
                "\(counted(photoCount, "photo", "photos")) of \(counted(personCount, "person", "people")), "
                    + "\(total / options.epochs) steps of \(batchSize) photos an epoch")
        }

        func say(_ event: TrainingEvent) {
            if isJSON { sayJSON(event) }
            switch event {
            case .step(let report):
                bar.advance(
                    note: String(
                        format: "loss %.4f, active %.0f %%, %.1f photos/s", report.loss, 100 * report.activeFraction,
                        report.photosPerSecond))
                warn(report)
            case .epoch(let report):
                if first == nil { first = report.validation }
                if report.isBest { best = report.validation }
                if !isJSON { sayLine(report) }
            }
        }

        func end() { bar.clear() }

        func finish(name: String, thresholds: Thresholds?, folder: String) {
            guard !isJSON else { return }
            var figures = ""
            if let best, let first {
                figures = String(
                    format: ": AUC %.2f %% (%.2f %% before), margin %.3f (%.3f before)", 100 * best.areaUnderCurve,
                    100 * first.areaUnderCurve, best.margin, first.margin)
            }
            Console.line("the model “\(name)” is ready\(figures)")
            if let thresholds {
                Console.line(
                    "thresholds \(formatted(thresholds.verification)) (1:1) and \(formatted(thresholds.identification)) "
                        + "(1:N), from the held-out photos")
            } else {
                Console.line("it isn't calibrated; choose a threshold with `faceprint calibrate DIR --model \(name)`")
            }
            Console.line("log and report: \(folder)")
        }

        private func sayLine(_ report: EpochReport) {
            bar.clear()
            var text = "epoch \(report.epoch)"
            if let loss = report.loss { text += String(format: "  loss %.4f", loss) }
            if let validation = report.validation {
                text += String(
                    format: "  AUC %.2f %%  EER %.2f %%  margin %.3f", 100 * validation.areaUnderCurve,
                    100 * validation.equalErrorRate, validation.margin)
            }
            Console.line(text + (report.isBest && report.epoch > 0 ? "  best" : ""))
        }

        private func sayJSON(_ event: TrainingEvent) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let data =
                switch event {
                case .step(let report): try? encoder.encode(report)
                case .epoch(let report): try? encoder.encode(report)
                }
            if let data { Console.line(String(decoding: data, as: UTF8.self)) }
        }

        /// Embeddings that are all the same have nothing to learn from.
        private func warn(_ report: StepReport) {
            guard !hasWarned, report.negativeDistance < 0.05, options.loss != .softmax else { return }
            hasWarned = true
            bar.clear()
            Console.error(
                "all faces get nearly the same embedding (epoch \(report.epoch), step \(report.step)): the network has "
                    + "collapsed; try --mining semi-hard, a lower --rate or larger batches")
        }
    }
#endif
