#if Training
    import FaceprintFiles
    import FaceprintModels
    import Foundation

    /// All of a run that goes on: the network as a Keras file, which Keras reads as well, and beside it what the optimizer
    /// remembers, what the loss has learned, and how far the run has come.
    enum Checkpoint {
        /// What a checkpoint says of itself.
        private struct Header: Codable {
            var version = 1
            var options: TrainingOptions
            var state: TrainingState
            /// What the run is of: its network, photos and frozen layers.
            var subject: String
        }

        /// Writes a checkpoint whole or not at all.
        ///
        /// - Throws: ``TrainingError/checkpoint(path:reason:)``.
        static func write(_ trainer: Trainer, subject: String, to path: String) throws(TrainingError) {
            let header = Header(options: trainer.options, state: trainer.state, subject: subject)
            let network = try trainer.parameters.trainedNetwork()
            let states = try trainer.update.states()
            do {
                try HDF5.exclusively {
                    let file = try HDF5.NewFile(path)
                    let root = try file.root
                    try network.writeKeras(to: root)
                    try root.setAttribute(
                        "faceprint_training", String(decoding: try JSONEncoder().encode(header), as: UTF8.self))
                    let memory = try root.group("optimizer")
                    for state in states {
                        try memory.write(state.values, shape: [state.values.count], as: dataset(state.name))
                    }
                    let learned = try root.group("loss")
                    for parameter in trainer.loss.parameters {
                        let values = Array(parameter.values.numbers)
                        try learned.write(values, shape: [values.count], as: dataset(parameter.name))
                    }
                    try file.finish()
                }
            } catch {
                throw .checkpoint(path: path, reason: reason(error))
            }
        }

        /// Sets a trainer to where a checkpoint was written.
        ///
        /// - Throws: ``TrainingError/checkpoint(path:reason:)`` for a damaged one and for one of another run.
        static func restore(_ trainer: Trainer, subject: String, from path: String) throws(TrainingError) {
            do {
                let network = try Network(kerasFile: path)
                try HDF5.exclusively {
                    let file = try HDF5.openFile(path)
                    guard let text = try HDF5.strings(ofAttribute: "faceprint_training", of: file)?.first else {
                        throw HDF5.Failure(reason: "it is a network, but not a checkpoint of a run")
                    }
                    let header = try JSONDecoder().decode(Header.self, from: Data(text.utf8))
                    guard header.version == 1 else {
                        throw HDF5.Failure(reason: "it has version \(header.version), only 1 is known")
                    }
                    guard header.subject == subject, header.options == trainer.options else {
                        throw HDF5.Failure(
                            reason: "it is of a run with another network, other photos or other options")
                    }
                    let (memory, learned) = (
                        try HDF5.openGroup("optimizer", in: file), try HDF5.openGroup("loss", in: file)
                    )
                    try trainer.parameters.set(network)
                    try trainer.update.restore { name, count in try values(dataset(name), count, in: memory) }
                    for parameter in trainer.loss.parameters {
                        let numbers = try values(
                            dataset(parameter.name), parameter.values.numbers.count, in: learned)
                        _ = parameter.values.numbers.update(fromContentsOf: numbers)
                    }
                    trainer.state = header.state
                }
            } catch {
                throw .checkpoint(path: path, reason: reason(error))
            }
        }

        private static func values(_ name: String, _ count: Int, in group: HDF5.Handle) throws -> [Float] {
            let dataset = try HDF5.Dataset(name, in: group)
            guard dataset.shape == [count] else { throw HDF5.Failure(reason: "“\(name)” has another size") }
            let values = try dataset.values()
            guard values.allSatisfy(\.isFinite) else {
                throw HDF5.Failure(reason: "“\(name)” holds numbers that aren't finite")
            }
            return values
        }

        /// A slash in a name would make groups.
        private static func dataset(_ name: String) -> String { name.replacing("/", with: ":") }

        private static func reason(_ error: any Error) -> String {
            switch error {
            case let failure as HDF5.Failure: failure.reason
            case is DecodingError: "what it says of its run can't be understood"
            default: "\(error)"
            }
        }
    }
#endif
