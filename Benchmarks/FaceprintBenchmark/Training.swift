#if Training
    import Faceprint
    import FaceprintModels
    import FaceprintTraining
    import Foundation

    /// Trains FaceNet for as many steps as each line of standard input says, and answers with photos per second.
    ///
    ///     train --batch N --precision f32|bf16
    ///
    /// A step is a whole one of the trainer: mining, loss and optimizer as well. Photos are noise in memory.
    func benchmarkTraining(_ arguments: [String]) throws {
        let (batch, precision) = trainingArguments(arguments)
        let network = try Network(kerasFile: ModelFetcher().kerasFile)
        let size = network.inputShape.reduce(1, *)
        var random = SplitMix(seed: 1)
        let photos = (0..<(2 * batch)).map { _ in
            (0..<size).map { _ in random.nextSigned() }
        }
        var options = TrainingOptions()
        options.persons = batch / 3
        options.photosPerPerson = 3
        options.epochs = 100_000
        options.rate = 1e-4
        options.precision = precision
        let people = TrainingSet(
            FeatureSource(photos, length: size), persons: (0..<(2 * batch)).map { "\($0 / 6)" })
        let trainer = try Trainer(network, options, training: people)
        let clock = ContinuousClock()
        while let line = readLine(), let steps = Int(line) {
            var done = 0
            let time = try clock.measure {
                _ = try trainer.run(isInterrupted: {
                    done += 1
                    return done == steps
                })
            }
            print(Double(steps * batch) / (time / .seconds(1)))
            fflush(nil)
        }
    }

    private func trainingArguments(_ arguments: [String]) -> (batch: Int, precision: TrainingPrecision) {
        let values = Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: arguments.count - 1, by: 2).map {
                (arguments[$0], arguments[$0 + 1])
            })
        return (
            values["--batch"].flatMap(Int.init) ?? 24, values["--precision"].flatMap(TrainingPrecision.init) ?? .f32
        )
    }
#endif
