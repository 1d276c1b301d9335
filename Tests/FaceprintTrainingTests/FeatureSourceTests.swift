#if Training
    import Faceprint
    import FaceprintModels
    import Foundation
    import TestSupport
    import Testing

    @testable import FaceprintTraining

    @Suite struct FeatureSourceTests {
        private let folder = try! TemporaryFolder()
        private let variants = 4

        private func photos(_ numbers: Range<Int>) throws -> PhotoSource {
            let cache = try FaceCutCache(
                folder: folder.path("faces"), cut: FaceCut(alignment: .wholePhoto, width: 12, height: 12), detector: nil
            )
            let photos = try numbers.map { number in
                let path = folder.path("\(number).png")
                try Data(try testImage(number, side: 24).pngData()).write(to: URL(fileURLWithPath: path))
                return LabelledPhoto(path: path, person: "someone")
            }
            let loader = BatchLoader(
                cache: cache, normalization: .standardized, channels: .rgb, augmentation: Augmentation())
            return PhotoSource(try cache.entries(for: photos).map { try $0.get() }, loader)
        }

        private func body(seed: UInt64 = 2) throws -> Network {
            var builder = NetworkBuilder(name: "body", input: [12, 12, 3], seed: seed)
            let x = try builder.unit(builder.input, filters: 16, size: 3, stride: 2)
            return try builder.network(output: try builder.globalAveragePooling(x))
        }

        private func features(of photos: PhotoSource, by body: Network, seed: UInt64 = 1) throws -> FeatureSource {
            try FeatureSource(
                of: photos, by: body, variants: variants, seed: seed, precision: .f32,
                cache: FeatureCache(folder: folder.path("features")))
        }

        private var files: [String] {
            get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path("features")).sorted() }
        }

        @Test func `They are what the network gives, unchanged without seeds`() throws {
            let (photos, body) = (try photos(0..<11), try body())
            let graph = try TrainingGraph(
                try ParameterStore(body), batch: 11, isTraining: false, options: .init(isNormalized: false))
            graph.setPhotos(try photos.inputs(at: Array(0..<11), seeds: nil))
            try graph.forward()
            let found = try features(of: photos, by: body)
            #expect(found.count == 11)
            for (one, other) in zip(found.inputs(at: Array(0..<11), seeds: nil), graph.embeddings) {
                #expect(abs(one - other) < 1e-5)
            }
            // With seeds, one of as many variants as there are.
            var random = SplitMix(seed: 1)
            let drawn = Set((0..<60).map { _ in found.inputs(at: [3], seeds: [random.next()]) })
            #expect(drawn.count == variants)
            #expect(drawn.contains(found.inputs(at: [3], seeds: nil)))
        }

        @Test func `They are computed once, and new photos leave the others as they are`() throws {
            let body = try body()
            let first = try features(of: try photos(0..<9), by: body)
            let names = try files
            #expect(names.count == 9)
            // What is found again is what lies there.
            let path = URL(fileURLWithPath: folder.path("features/\(names[0])"))
            let count = try Data(contentsOf: path).count / 4
            try [Float](repeating: 0.5, count: count).withUnsafeBytes { try Data($0).write(to: path) }
            let second = try features(of: try photos(0..<20), by: body)
            #expect(try files.count == 20 && Set(names).isSubset(of: try files))
            let apart = (0..<9).filter {
                first.inputs(at: [$0], seeds: [1 << 62]) != second.inputs(at: [$0], seeds: [1 << 62])
            }
            #expect(apart.count == 1)
            #expect(second.inputs(at: apart, seeds: nil).allSatisfy { $0 == 0.5 })
        }

        @Test func `Another network and another seed have features of their own`() throws {
            let photos = try photos(0..<3)
            _ = try features(of: photos, by: try body())
            _ = try features(of: photos, by: try body(seed: 3))
            _ = try features(of: photos, by: try body(), seed: 2)
            #expect(try files.count == 9)
        }

        @Test func `Damaged ones are computed again`() throws {
            let (photos, body) = (try photos(0..<3), try body())
            let first = try features(of: photos, by: body)
            let wanted = first.inputs(at: [0, 1, 2], seeds: nil)
            let paths = try files.map { URL(fileURLWithPath: folder.path("features/\($0)")) }
            let whole = try Data(contentsOf: paths[0])
            try whole.dropLast(3).write(to: paths[0])
            try [Float](repeating: .nan, count: whole.count / 4).withUnsafeBytes { try Data($0).write(to: paths[1]) }
            #expect(try features(of: photos, by: body).inputs(at: [0, 1, 2], seeds: nil) == wanted)
        }
    }
#endif
