#if Training
    import FaceprintModels
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    /// Compares a graph's outputs and gradients with a computation in double precision, and with finite differences of
    /// that.
    struct GradientCheck {
        var batch = 3
        var isNormalized = false
        var options: TrainingGraph.Options { .init(isNormalized: isNormalized, hasDropout: false) }
        /// Of a gradient's largest number.
        var tolerance = 1e-3
        /// How many numbers of each parameter are tried, spread over it at random.
        var samples = 12
        var frozen: Set<String> = []

        func callAsFunction(_ network: Network) throws {
            var random = SeededRandom(seed: 7)
            let photos = random.vector(batch * network.inputShape.reduce(1, *))
            let store = try ParameterStore(network) { !frozen.contains($0.name) }
            let graph = try TrainingGraph(store, batch: batch, options: options)
            graph.setPhotos(photos)
            try graph.forward()
            var reference = DoubleNetwork(network)
            reference.frozen = frozen
            let expected = reference.forward(photos, batch: batch, isNormalized: isNormalized)
            let largest = expected.reduce(0) { max($0, abs($1)) }
            for (found, wanted) in zip(graph.embeddings, expected) {
                #expect(abs(Double(found) - wanted) <= 1e-4 * largest)
            }

            // The loss is the sum of the outputs, each times a number of its own.
            let factors = random.vector(expected.count)
            try graph.backward(factors)
            func loss(_ network: DoubleNetwork) -> Double {
                zip(network.forward(photos, batch: batch, isNormalized: isNormalized), factors)
                    .reduce(0) { $0 + $1.0 * Double($1.1) }
            }
            #expect(!store.learning.isEmpty)
            for parameter in store.learning {
                let found = try #require(try parameter.gradientTensor()).values
                let places = (0..<samples).map { _ in Int.random(in: 0..<found.count, using: &random) }
                let wanted = places.map { place in
                    let step = 1e-5
                    var (above, below) = (reference, reference)
                    above.parameters[parameter.name]![place] += step
                    below.parameters[parameter.name]![place] -= step
                    return (loss(above) - loss(below)) / (2 * step)
                }
                let largest = max(found.reduce(0) { max($0, Double(abs($1))) }, 1e-6)
                for (place, wanted) in zip(places, wanted) {
                    #expect(
                        abs(Double(found[place]) - wanted) <= tolerance * largest, "\(parameter.name)[\(place)]")
                }
            }
        }
    }
#endif
