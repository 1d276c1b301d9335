#if Training
    import FaceprintModels
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    @Suite struct SynchronizedBatchNormalizationTests {
        private struct Pass: Sendable {
            var embeddings: [Float]
            var gradients: [String: [Float]]
            var statistics: [String: [Float]]
        }

        private func network(hasScale: Bool, hasReLU: Bool) throws -> Network {
            var builder = NetworkBuilder(name: "test", input: [9, 9, 3], seed: 3)
            var x = try builder.convolution(builder.input, filters: 16, size: 3, hasBias: true)
            x = try builder.batchNormalization(x, hasScale: hasScale)
            if hasReLU { x = try builder.relu(x) }
            x = try builder.globalAveragePooling(try builder.convolution(x, filters: 32, size: 3))
            x = try builder.batchNormalization(try builder.dense(x, units: 8), hasScale: hasScale)
            return try builder.network(output: x)
        }

        /// Forward and back through a network: the photos of one rank.
        private static func pass(
            _ network: Network, _ photos: [Float], _ gradient: [Float], batch: Int, _ communicator: any Communicator
        ) throws -> Pass {
            let store = try ParameterStore(network)
            let graph = try TrainingGraph(store, batch: batch, communicator: communicator, sums: communicator)
            graph.setPhotos(photos)
            try graph.forward()
            try graph.backward(gradient)
            return Pass(
                embeddings: graph.embeddings,
                gradients: try Dictionary(
                    uniqueKeysWithValues: store.learning.map { ($0.name, try $0.gradientTensor()?.values ?? []) }),
                statistics: try Dictionary(
                    uniqueKeysWithValues: store.all.filter { $0.weight.hasPrefix("moving") }
                        .map { ($0.name, try $0.tensor().values) }))
        }

        /// Three ranks with two photos each, against one process with six; its own gradients are checked by
        /// `LayerGradientTests`.
        @Test(arguments: [true, false], [true, false])
        func `Ranks compute what one process does`(hasScale: Bool, hasReLU: Bool) throws {
            let network = try network(hasScale: hasScale, hasReLU: hasReLU)
            let (ranks, own) = (3, 2)
            let batch = ranks * own
            let (photoSize, length) = (network.inputShape.reduce(1, *), 8)
            var random = SeededRandom(seed: 9)
            // Each rank's photos are brighter than the last one's, so that statistics of its own would be others.
            let photos = (0..<batch).flatMap { photo in random.vector(photoSize).map { $0 + Float(photo / own) } }
            let gradient = random.vector(batch * length)
            let alone = try Self.pass(network, photos, gradient, batch: batch, SingleProcess())
            let parts = try ThreadRanks.run(ranks) { communicator in
                let first = communicator.rank * own
                return try Self.pass(
                    network, Array(photos[(first * photoSize)..<((first + own) * photoSize)]),
                    Array(gradient[(first * length)..<((first + own) * length)]), batch: own, communicator)
            }
            expect(Array(parts.map(\.embeddings).joined()), near: alone.embeddings, "embeddings")
            for part in parts {
                for (name, wanted) in alone.gradients { expect(part.gradients[name], near: wanted, name) }
                for (name, wanted) in alone.statistics { expect(part.statistics[name], near: wanted, name) }
            }
            #expect(alone.statistics.count == 4)
        }

        /// Within 1e-4 of the largest number, and of 1 for those that should be 0.
        private func expect(_ found: [Float]?, near wanted: [Float], _ name: String) {
            let largest = wanted.reduce(Float(1)) { max($0, abs($1)) }
            #expect(found?.count == wanted.count)
            let apart = zip(found ?? [], wanted).map { abs($0 - $1) }.max() ?? .infinity
            #expect(apart <= 1e-4 * largest, "\(name)")
        }
    }
#endif
