#if Training
    import FaceprintFiles
    import FaceprintModels
    import Foundation

    /// A training run in a folder: it can be stopped at any time, and goes on from its last checkpoint.
    ///
    /// The folder holds `checkpoint.h5` (after each epoch, and when the run is interrupted), `best.h5` (the network of the
    /// best epoch), `steps.csv`, `epochs.csv` and `report.html`. Rank 0 alone writes.
    public final class TrainingRun {
        public let trainer: Trainer
        private let folder: String
        private let title: String
        private let description: [String]
        /// What the run is of, to recognise its checkpoints.
        private let subject: String
        private let communicator: any Communicator
        private let log: TrainingLog?

        /// - Parameters:
        ///   - folder: Is made where it is missing.
        ///   - resumes: Whether to go on from the folder's checkpoint rather than begin.
        /// - Throws: ``TrainingError/differentRanks(what:)``, ``TrainingError/runExists(folder:)`` for a folder with a checkpoint that isn't resumed, and
        ///   ``TrainingError/checkpoint(path:reason:)`` for one that can't be.
        public init(
            _ trainer: Trainer, folder: String, resumes: Bool, title: String, description: [String], subject: String,
            communicator: any Communicator = SingleProcess()
        ) throws {
            self.trainer = trainer
            self.folder = folder
            self.title = title
            self.description = description
            self.subject = subject
            self.communicator = communicator
            // Ranks add up their gradients in the order in which these lie in memory.
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let options = try encoder.encode(trainer.options)
            try communicator.requireSame(
                "\(subject) \(String(decoding: options, as: UTF8.self)) \(resumes) \(DNNL.instructionSet)")
            if communicator.isFirst {
                try DataFolder(path: folder).make()
                let exists = FileManager.default.fileExists(atPath: folder + "/checkpoint.h5")
                guard resumes || !exists else { throw TrainingError.runExists(folder: folder) }
                if resumes { try Checkpoint.restore(trainer, subject: subject, from: folder + "/checkpoint.h5") }
            }
            if resumes { try trainer.share(with: communicator) }
            log = communicator.isFirst ? try TrainingLog(folder: folder, upTo: trainer.state) : nil
        }

        /// - Parameters:
        ///   - event: Is told of each step and epoch, on rank 0 only, after it was written down.
        ///   - isInterrupted: Whether to save and stop.
        /// - Returns: Whether the run is complete.
        public func run(isInterrupted: () -> Bool, event: (TrainingEvent) -> Void) throws -> Bool {
            let isComplete = try trainer.run(isInterrupted: isInterrupted) { happened in
                guard let log else { return }
                try log.add(happened)
                if case .epoch(let report) = happened {
                    if report.isBest { try trainer.parameters.trainedNetwork().write(kerasFile: bestPath) }
                    try Checkpoint.write(trainer, subject: subject, to: checkpointPath)
                    try writePage()
                }
                event(happened)
            }
            if !isComplete, log != nil {
                try Checkpoint.write(trainer, subject: subject, to: checkpointPath)
                try writePage()
            }
            return isComplete
        }

        /// The network of the best epoch.
        public func bestNetwork() throws(ModelError) -> Network { try Network(kerasFile: bestPath) }

        private var checkpointPath: String { folder + "/checkpoint.h5" }
        private var bestPath: String { folder + "/best.h5" }

        private func writePage() throws {
            guard let log else { return }
            let page = TrainingPage(title: title, description: description, steps: log.steps, epochs: log.epochs)
            try File.write(Array(page.html.utf8), to: folder + "/report.html")
        }
    }
#endif
