#if Training
    import Faceprint
    import FaceprintModels
    import Foundation
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    @Suite struct TrainerTests {
        /// Persons whose photos are noise around a picture of their own.
        static func people(_ persons: Int, photos: Int, seed: UInt64) -> TrainingSet {
            var random = SeededRandom(seed: 40)
            let faces = (0..<persons).map { _ in random.vector(12 * 12 * 3) }
            var noise = SeededRandom(seed: seed)
            var inputs: [[Float]] = []
            var names: [String] = []
            for (person, face) in faces.enumerated() {
                for _ in 0..<photos {
                    inputs.append(zip(face, noise.vector(face.count, scale: 0.6)).map { $0 + $1 })
                    names.append("person \(person)")
                }
            }
            return TrainingSet(FeatureSource(inputs, length: 12 * 12 * 3), persons: names)
        }

        static func network(dropout: Float = 0) throws -> Network {
            var builder = NetworkBuilder(name: "tiny", input: [12, 12, 3], seed: 2)
            var x = try builder.unit(builder.input, filters: 16, size: 3, stride: 2)
            x = try builder.unit(x, filters: 32, size: 3, stride: 2)
            x = try builder.globalAveragePooling(x)
            if dropout > 0 { x = try builder.dropout(x, rate: dropout) }
            x = try builder.batchNormalization(try builder.dense(x, units: 16), hasScale: false)
            return try builder.network(output: x)
        }

        static func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
            var options = TrainingOptions()
            options.persons = 4
            options.photosPerPerson = 3
            options.epochs = 8
            options.rate = 0.05
            options.warmUp = 2
            change(&options)
            return options
        }

        @Test(arguments: LossKind.allCases) func `It learns to tell people apart`(loss: LossKind) throws {
            let options = Self.options {
                $0.loss = loss
                $0.optimizer = .adam
                $0.rate = 0.01
                $0.epochs = 20
            }
            let trainer = try Trainer(
                try Self.network(), options, training: Self.people(8, photos: 6, seed: 1),
                validation: Self.people(8, photos: 4, seed: 2))
            var reports: [EpochReport] = []
            let isComplete = try trainer.run(event: { if case .epoch(let report) = $0 { reports.append(report) } })
            #expect(isComplete)
            #expect(reports.map(\.epoch) == Array(0...20))
            let (first, best) = (try #require(reports[0].validation), try #require(trainer.state.best))
            #expect(best.areaUnderCurve > 0.97)
            #expect(best.areaUnderCurve > first.areaUnderCurve)
            #expect(best.margin > first.margin + 0.3)
            #expect(try #require(reports[20].loss) < (try #require(reports[1].loss)))
        }

        @Test func `The same seed gives the same bits, another seed others`() throws {
            func trained(seed: UInt64) throws -> Network {
                let options = Self.options {
                    $0.epochs = 2
                    $0.seed = seed
                }
                let trainer = try Trainer(
                    try Self.network(dropout: 0.3), options, training: Self.people(6, photos: 5, seed: 1))
                _ = try trainer.run()
                return try trainer.parameters.trainedNetwork()
            }
            let first = try trained(seed: 5)
            #expect(try trained(seed: 5) == first)
            #expect(try trained(seed: 6) != first)
        }

        /// Interrupted after each third step, and gone on from the file each time.
        @Test(arguments: [OptimizerKind.sgd, .adam], [LossKind.triplet, .softmax])
        func `A run that goes on from checkpoints gives the same bits`(optimizer: OptimizerKind, loss: LossKind) throws
        {
            let folder = try TemporaryFolder()
            let options = Self.options {
                $0.optimizer = optimizer
                $0.loss = loss
                $0.epochs = 3
            }
            func trainer() throws -> Trainer {
                try Trainer(
                    try Self.network(dropout: 0.3), options, training: Self.people(6, photos: 5, seed: 1),
                    validation: Self.people(6, photos: 3, seed: 2))
            }
            let whole = try trainer()
            _ = try whole.run()
            var parts = 0
            while true {
                let part = try trainer()
                let run = try TrainingRun(
                    part, folder: folder.path("run"), resumes: parts > 0, title: "test", description: [], subject: "s")
                var steps = 0
                parts += 1
                let isComplete = try run.run(
                    isInterrupted: {
                        steps += 1
                        return steps == 3
                    }, event: { _ in })
                if isComplete {
                    #expect(try part.parameters.trainedNetwork() == whole.parameters.trainedNetwork())
                    #expect(part.state == whole.state)
                    break
                }
            }
            #expect(parts > 2)
            let rows = try String(contentsOfFile: folder.path("run/steps.csv"), encoding: .utf8)
                .split(whereSeparator: \.isNewline)
            #expect(rows.count == 1 + 3 * whole.stepsPerEpoch)
            let epochs = try String(contentsOfFile: folder.path("run/epochs.csv"), encoding: .utf8)
                .split(whereSeparator: \.isNewline)
            #expect(epochs.count == 1 + 4)
        }

        /// Batch normalisation sees fewer photos at once, so numbers differ; the triplets are of the whole batch.
        @Test func `Smaller passes learn from the same triplets`() throws {
            func report(micro: Int?) throws -> StepReport {
                let options = Self.options {
                    $0.epochs = 1
                    $0.microBatch = micro
                }
                let frozen = try Trainer(
                    try Self.network(), options, training: Self.people(6, photos: 5, seed: 1),
                    learns: { !$0.name.hasPrefix("bn") })
                var first: StepReport?
                _ = try frozen.run(event: { if case .step(let report) = $0, first == nil { first = report } })
                return try #require(first)
            }
            // With frozen statistics there is no difference but rounding.
            let (whole, parts) = (try report(micro: nil), try report(micro: 4))
            #expect(whole.count == parts.count && whole.count > 0)
            #expect(abs(whole.loss - parts.loss) < 1e-5)
            #expect(abs(whole.gradientNorm - parts.gradientNorm) < 1e-4 * whole.gradientNorm)
        }

        @Test func `Frozen layers stay as they are`() throws {
            let network = try Self.network()
            let frozen = ["conv_1", "bn_1"]
            let trainer = try Trainer(
                network, Self.options { $0.epochs = 1 }, training: Self.people(6, photos: 5, seed: 1),
                learns: { !frozen.contains($0.name) })
            _ = try trainer.run()
            let trained = try trainer.parameters.trainedNetwork()
            for (before, after) in zip(network.layers, trained.layers) where !before.parameters.isEmpty {
                #expect((before == after) == frozen.contains(before.name), "\(before.name)")
            }
        }

        @Test func `Numbers without end are named, and nothing is written`() throws {
            let folder = try TemporaryFolder()
            let options = Self.options {
                $0.rate = 1e30
                $0.warmUp = 0
                $0.clipping = nil
            }
            let trainer = try Trainer(
                try Self.network(), options, training: Self.people(6, photos: 5, seed: 1))
            let run = try TrainingRun(
                trainer, folder: folder.path("run"), resumes: false, title: "test", description: [], subject: "s")
            #expect {
                try run.run(isInterrupted: { false }, event: { _ in })
            } throws: { error in
                guard case TrainingError.diverged(let epoch, let step, _) = error else { return false }
                return epoch == 1 && step > 1 && "\(error)".contains("lower --rate")
            }
            // That of before the first step.
            #expect(try Network(kerasFile: folder.path("run/checkpoint.h5")) == Self.network())
        }

        @Test func `Fewer than two persons with two photos are refused`() throws {
            let lone = TrainingSet(
                FeatureSource([[Float]](repeating: [Float](repeating: 0, count: 432), count: 3), length: 432),
                persons: ["a", "a", "b"])
            #expect(throws: TrainingError.tooFewPeople(withPairs: 1)) {
                try Trainer(try Self.network(), Self.options(), training: lone)
            }
        }

        @Test func `A checkpoint of another run, and a damaged one, are refused`() throws {
            let folder = try TemporaryFolder()
            func run(_ options: TrainingOptions, subject: String, resumes: Bool) throws -> TrainingRun {
                let trainer = try Trainer(try Self.network(), options, training: Self.people(6, photos: 5, seed: 1))
                return try TrainingRun(
                    trainer, folder: folder.path("run"), resumes: resumes, title: "", description: [], subject: subject)
            }
            let options = Self.options { $0.epochs = 1 }
            _ = try run(options, subject: "one", resumes: false).run(isInterrupted: { false }, event: { _ in })
            #expect(throws: TrainingError.runExists(folder: folder.path("run"))) {
                _ = try run(options, subject: "one", resumes: false)
            }
            let path = folder.path("run/checkpoint.h5")
            func isRefused(_ error: any Error) -> Bool {
                if case TrainingError.checkpoint(path, _) = error { true } else { false }
            }
            #expect { _ = try run(options, subject: "two", resumes: true) } throws: { isRefused($0) }
            #expect { _ = try run(Self.options { $0.epochs = 2 }, subject: "one", resumes: true) } throws: {
                isRefused($0)
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
            #expect { _ = try run(options, subject: "one", resumes: true) } throws: { isRefused($0) }
            try FileManager.default.removeItem(atPath: path)
            #expect { _ = try run(options, subject: "one", resumes: true) } throws: { isRefused($0) }
        }
    }
#endif
