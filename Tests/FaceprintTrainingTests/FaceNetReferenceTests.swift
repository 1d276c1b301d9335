#if Training
    import CKernels
    import Faceprint
    import FaceprintFiles
    import FaceprintModels
    import Foundation
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    /// The whole of FaceNet against TensorFlow, which rebuilds it from the same file: one batch of twelve triplets, and ten
    /// steps of gradient descent.
    @Suite("FaceNet against TensorFlow", .needsFaceNet, .needsSharedData, .needs(.tensorFlow))
    struct FaceNetReferenceTests {
        private struct Reference: Decodable {
            struct Entry: Decodable {
                let name: String
                let shape: [Int]
                let offset: Int
            }

            let losses: [Double]
            let gradients: [Entry]
            let statistics: [Entry]
        }

        private static let rate: Float = 0.0005
        private static let margin: Float = 0.2

        @Test func `Embeddings, gradients, statistics and ten steps are TensorFlow's`() throws {
            let folder = try TemporaryFolder()
            let network = DataFolder().sources + "/facenet_keras.h5"
            let photos = try Self.photos()
            try Self.write(photos, to: folder.path("photos.f32"))
            _ = try PythonEnvironment.tensorFlow.run(
                file: "train-reference.py",
                [
                    network, folder.path("photos.f32"), folder.path("reference"), "--rate", "\(Self.rate)", "--margin",
                    "\(Self.margin)",
                ])
            let reference = try JSONDecoder().decode(
                Reference.self, from: try Data(contentsOf: folder.url.appending(path: "reference/reference.json")))
            func expected(_ name: String) throws -> [Float] {
                try Self.floats(folder.path("reference/\(name).f32"))
            }

            let store = try ParameterStore(try Network(kerasFile: network))
            let graph = try TrainingGraph(store, batch: 36, options: .init(hasDropout: false))
            graph.setPhotos(photos)
            try graph.forward()
            for (found, wanted) in zip(graph.embeddings, try expected("forward")) {
                #expect(abs(found - wanted) < 1e-4)
            }
            var losses = [try Self.step(graph)]
            try Self.compareGradients(store, reference.gradients, try expected("gradients"))
            try Self.compareStatistics(store, reference.statistics, try expected("statistics"))

            let update = ParameterUpdate(
                store.learning, [], optimizer: .sgd(momentum: 0), schedule: Schedule(rate: Self.rate, total: 10),
                decay: 0, clipping: nil)
            for step in 1..<10 {
                _ = update(step: step)
                try store.refresh()
                try graph.forward()
                losses.append(try Self.step(graph))
            }
            #expect(losses.count == reference.losses.count)
            for (found, wanted) in zip(losses, reference.losses) { #expect(abs(found - wanted) < 0.01 * wanted) }
            #expect(losses[9] < 0.9 * losses[0])
        }

        /// The loss of the graph's embeddings, whose gradient goes back.
        private static func step(_ graph: TrainingGraph) throws -> Double {
            let (embeddings, length) = (graph.embeddings, graph.embeddingLength)
            let rows = (0..<36).map { Array(embeddings[($0 * length)..<(($0 + 1) * length)]) }
            let loss = TripletLoss(margin: margin, reduction: .mean)
            let (anchors, positives, negatives) = (
                Array(rows[0..<12]), Array(rows[12..<24]), Array(rows[24..<36])
            )
            let gradient = try loss.gradient(anchors: anchors, positives: positives, negatives: negatives)
            try graph.backward(Array((gradient.anchors + gradient.positives + gradient.negatives).joined()))
            return Double(try loss(anchors: anchors, positives: positives, negatives: negatives))
        }

        /// Nearly each within 1e-2 of its norm, and all within 3e-2: where processors round otherwise, an activation near 0
        /// may fall to the other side of a ReLU, which moves the tensors before it. The bias before a batch normalisation
        /// has no gradient but for rounding.
        private static func compareGradients(
            _ store: ParameterStore, _ entries: [Reference.Entry], _ expected: [Float]
        ) throws {
            let parameters = Dictionary(uniqueKeysWithValues: store.learning.map { ($0.name, $0) })
            #expect(entries.count == parameters.count)
            var worst = (error: 0.0, name: "")
            var large = 0
            for entry in entries {
                let parameter = try #require(parameters[entry.name])
                #expect(parameter.shape == entry.shape)
                let found = try #require(try parameter.gradientTensor()).values
                let wanted = Array(expected[entry.offset..<(entry.offset + found.count)])
                let norm = Double(fp_squared_norm(wanted, wanted.count)).squareRoot()
                let error = Double(fp_squared_distance(found, wanted, found.count)).squareRoot()
                if norm < 1e-6 {
                    #expect(error < 1e-6, "\(entry.name)")
                } else {
                    if error / norm > worst.error { worst = (error / norm, entry.name) }
                    if error / norm > 1e-2 { large += 1 }
                }
            }
            print("the gradient farthest from TensorFlow's: \(worst.name), \(worst.error) of its norm")
            #expect(worst.error < 3e-2)
            #expect(large <= entries.count / 20)
        }

        private static func compareStatistics(
            _ store: ParameterStore, _ entries: [Reference.Entry], _ expected: [Float]
        ) throws {
            let parameters = Dictionary(uniqueKeysWithValues: store.all.map { ($0.name, $0) })
            #expect(entries.count == 224)
            for entry in entries {
                let found = try #require(parameters[entry.name]).tensor().values
                let wanted = Array(expected[entry.offset..<(entry.offset + found.count)])
                let norm = fp_squared_norm(wanted, wanted.count)
                #expect(fp_squared_distance(found, wanted, found.count) < 1e-8 * norm, "\(entry.name)")
            }
        }

        /// The seed pictures and their mirror images, tinted and with noise, standardised; shuffled.
        private static func photos() throws -> [Float] {
            let pixels = [UInt8](try SharedData.data("golden/seed_pixels_160.u8"))
            let side = 160 * 160 * 3
            var random = SeededRandom(seed: 21)
            var photos: [[Float]] = []
            for place in 0..<18 {
                let picture = try Image(
                    width: 160, height: 160, pixels: Array(pixels[(place * side)..<((place + 1) * side)]))
                for image in [picture, picture.mirrored] {
                    let tints = random.vector(3, scale: 0.2).map { 1 + $0 }
                    let noise = random.vector(side, scale: 8)
                    let changed = (0..<side).map { i in
                        UInt8(max(0, min(255, Float(image.pixels[i]) * tints[i % 3] + noise[i])))
                    }
                    photos.append(
                        [Float](unsafeUninitializedCapacity: side) { buffer, count in
                            Normalization.standardized.apply(to: changed, into: buffer)
                            count = side
                        })
                }
            }
            return Array(photos.shuffled(using: &random).joined())
        }

        private static func write(_ numbers: [Float], to path: String) throws {
            try numbers.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: path))
        }

        private static func floats(_ path: String) throws -> [Float] {
            try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        }
    }
#endif
