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

    /// Prints how many billion operations a photo of FaceNet takes in training, and how many a second oneDNN does here at
    /// most: forward and backward through convolutions of the size that suits it best.
    ///
    ///     training-peak --batch N --precision f32|bf16
    func benchmarkTrainingPeak(_ arguments: [String]) throws {
        let (batch, precision) = trainingArguments(arguments)
        let network = try Network(kerasFile: ModelFetcher().kerasFile)
        let best = try [(side: 40, channels: 128), (20, 256), (56, 64), (28, 128)].map { side, channels in
            try measuredPeak(side: side, channels: channels, batch: batch, precision: precision)
        }
        print(network.trainingOperations / 1e9, best.max() ?? 0)
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

    /// In billion operations a second, the best of some passes.
    private func measuredPeak(side: Int, channels: Int, batch: Int, precision: TrainingPrecision) throws -> Double {
        var builder = NetworkBuilder(name: "peak", input: [side, side, 16], seed: 1)
        var x = try builder.convolution(builder.input, filters: channels, size: 1)
        for _ in 0..<4 { x = try builder.convolution(x, filters: channels, size: 3) }
        let network = try builder.network(output: try builder.globalAveragePooling(x))
        let graph = try TrainingGraph(try ParameterStore(network), batch: batch, options: .init(precision: precision))
        graph.setPhotos([Float](repeating: 0.5, count: batch * side * side * 16))
        let gradient = [Float](repeating: 0.1, count: batch * channels)
        let clock = ContinuousClock()
        let times = try (0..<8).map { _ in
            try clock.measure {
                try graph.forward()
                try graph.backward(gradient)
            }
        }
        return Double(batch) * network.trainingOperations / 1e9 / ((times.min() ?? .seconds(1)) / .seconds(1))
    }

    extension Network {
        /// Multiplications and additions of a photo's convolutions and dense layers, forward, for the input's gradient and for
        /// the kernel's.
        fileprivate var trainingOperations: Double {
            layers.reduce(0) { sum, layer in
                guard let kernel = layer.parameters["kernel"] else { return sum }
                let places = layer.outputShape.dropLast().reduce(1, *)
                // The photo itself needs no gradient.
                let passes = layer.inputs.first == layers[0].name ? 2.0 : 3.0
                return sum + 2 * passes * Double(kernel.values.count * places)
            }
        }
    }
#endif
