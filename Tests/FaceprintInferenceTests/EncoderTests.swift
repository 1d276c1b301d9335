import Dispatch
import Faceprint
import FaceprintInference
import FaceprintModels
import Foundation
import Synchronization
import TestSupport
import Testing

/// What stands around a network, on one that is small enough to compute by hand.
@Suite struct EncoderTests {
    private let folder = try! TemporaryFolder()
    private var catalogue: ModelCatalogue { ModelCatalogue(folder: folder.path("models")) }

    private func encoder(
        _ options: EncoderOptions = EncoderOptions(precision: .f32), profile: PreprocessingProfile? = nil
    ) throws -> Encoder {
        try Encoder(RecognitionModel(try TinyEncoder.install(in: catalogue)), profile: profile, options: options)
    }

    private func network(_ model: Model) throws -> NetworkEncoder {
        try NetworkEncoder(model, options: EncoderOptions(precision: .f32))
    }

    /// The tiny network by its definition, in Double.
    private func reference(_ image: Image) throws -> [Double] {
        let kernel = try #require(TinyEncoder.network.layers[1].parameters["kernel"]).values
        var means = [Double](repeating: 0, count: 8)
        for blockY in 0..<4 {
            for blockX in 0..<4 {
                for filter in 0..<8 {
                    var sum = 0.0
                    for y in 0..<4 {
                        for x in 0..<4 {
                            for channel in 0..<3 {
                                let pixel = image.pixels[((blockY * 4 + y) * 16 + blockX * 4 + x) * 3 + channel]
                                sum += Double(pixel) / 255 * Double(kernel[((y * 4 + x) * 3 + channel) * 8 + filter])
                            }
                        }
                    }
                    means[filter] += max(sum, 0) / 16
                }
            }
        }
        return means
    }

    @Test func theNetworkIsRunAsItIsDefined() throws {
        let image = try testImage(1)
        let output = try network(try TinyEncoder.install(in: catalogue)).outputs(for: [image])[0]
        for (found, expected) in zip(output, try reference(image)) {
            #expect(abs(Double(found) - expected) < 1e-5)
        }
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 50], EncoderOptions.Mode.allCases)
    func aBatchGivesWhatSinglePhotosGive(count: Int, mode: EncoderOptions.Mode) throws {
        let encoder = try encoder(EncoderOptions(precision: .f32, mode: mode))
        let images = try (0..<count).map { try testImage($0) }
        let together = try encoder.encode(images)
        #expect(together.count == count)
        for (image, embedding) in zip(images, together) {
            #expect(try euclideanDistance(try encoder.encode(image), embedding) < 1e-5)
        }
    }

    @Test func severalThreadsMayEncodeAtOnce() throws {
        let encoder = try encoder()
        let images = try (0..<8).map { try testImage($0) }
        let expected = try images.map { try encoder.encode($0) }
        let wrong = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 64) { i in
            let found = try? encoder.encode(images[i % 8])
            let distance = found.flatMap { try? euclideanDistance($0, expected[i % 8]) } ?? 2
            if distance > 1e-5 { wrong.withLock { $0 += 1 } }
        }
        #expect(wrong.withLock { $0 } == 0)
    }

    @Test func theSpaceNamesModelFileAndProfile() throws {
        let encoder = try encoder(profile: .standardized)
        #expect(encoder.space.model == "tiny")
        #expect(encoder.space.modelSHA256 == encoder.model.sha256)
        #expect(encoder.space.profile == "standardized")
        #expect(try encoder.encode(try testImage(1)).space == encoder.space)
    }

    @Test func theManifestsProfileIsTheDefault() throws {
        #expect(try encoder().space.profile == "assignment")
    }

    @Test func photosOfAnySizeAreBroughtToTheModels() throws {
        let encoder = try encoder()
        let small = try testImage(3, side: 16)
        let large = small.resizedByNearestNeighbour(width: 48, height: 48)
        #expect(try euclideanDistance(try encoder.encode(small), try encoder.encode(large)) < 1e-6)
    }

    @Test func aCompiledModelIsKeptAndUsedAgain() throws {
        let options = EncoderOptions(precision: .f32, cacheFolder: folder.path("cache"))
        let image = try testImage(5)
        let first = try encoder(options).encode(image)
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.path("cache")).isEmpty)
        let second = try Encoder(try catalogue.recognitionModel(named: "tiny"), options: options).encode(image)
        #expect(first == second)
    }

    @Test func aModelOfAFixedBatchIsFilledUp() throws {
        let model = try TinyEncoder.install(in: catalogue)
        var manifest = model.manifest
        manifest.input.batch = 4
        let fixed = try network(Model(manifest: manifest, path: model.path))
        let images = try (0..<6).map { try testImage($0) }
        for (found, image) in zip(try fixed.outputs(for: images), images) {
            for (number, expected) in zip(found, try reference(image)) {
                #expect(abs(Double(number) - expected) < 1e-5)
            }
        }
    }

    @Test func anUnknownDeviceIsNamed() throws {
        let error = #expect(throws: InferenceError.self) { try encoder(EncoderOptions(device: "NOPE")) }
        guard case .noSuchDevice(name: "NOPE", let available) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(available.contains("CPU"))
    }

    @Test func aDamagedModelIsRefused() throws {
        let model = try TinyEncoder.install(in: catalogue)
        try Data("this is no network".utf8).write(to: URL(fileURLWithPath: model.path))
        let error = #expect(throws: InferenceError.self) { try network(model) }
        guard case .cannotCompile(model: "tiny", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func anOutputOfAnotherLengthIsRefused() throws {
        let model = try TinyEncoder.install(in: catalogue)
        var manifest = model.manifest
        manifest.embeddingLength = 9
        let encoder = try network(Model(manifest: manifest, path: model.path))
        #expect(throws: InferenceError.unexpectedOutput(model: "tiny", expected: 9, found: 8)) {
            try encoder.outputs(for: [try testImage(1)])
        }
    }

    @Test func membersStandSideBySideByTheirWeights() throws {
        let first = try TinyEncoder.install(in: catalogue)
        let second = try TinyEncoder.install(in: catalogue, as: "second", profile: .standardized)
        let both = try Encoder(
            RecognitionModel(
                name: "both", members: [.init(model: first, weight: 1), .init(model: second, weight: 2)],
                thresholds: .uncalibrated),
            options: EncoderOptions(precision: .f32))
        let image = try testImage(7)
        let embedding = try both.encode(image)
        #expect(embedding.count == 16)
        #expect(embedding.space.profile == "assignment+standardized")
        let parts = try [first, second].map {
            try Encoder(RecognitionModel($0), options: EncoderOptions(precision: .f32)).encode(image).values
        }
        // Two unit vectors of weights 1 and 2 make one of length √5.
        let expected = (parts[0] + parts[1].map { $0 * 2 }).map { $0 / Float(5).squareRoot() }
        for (found, expected) in zip(embedding.values, expected) { #expect(abs(found - expected) < 1e-5) }
    }

    @Test func oneMemberMaySeeMirrorImages() throws {
        let model = try TinyEncoder.install(in: catalogue)
        let options = EncoderOptions(precision: .f32)
        let members: [RecognitionModel.Member] = [
            .init(model: model, weight: 1), .init(model: model, weight: 1, isMirrored: true),
        ]
        let both = try Encoder(
            RecognitionModel(name: "both", members: members, thresholds: .uncalibrated), options: options)
        let image = try testImage(7)
        let parts = try [false, true].map {
            try Encoder(RecognitionModel(model), mirrored: $0, options: options).encode(image).values
        }
        #expect(parts[0] != parts[1])
        for (found, expected) in zip(try both.encode(image).values, parts[0] + parts[1]) {
            #expect(abs(found - expected / Float(2).squareRoot()) < 1e-5)
        }
        // Nor are its embeddings those of the same networks without.
        let plain = RecognitionModel(
            name: "both", members: [members[0], members[0]], thresholds: .uncalibrated)
        #expect(plain.sha256 != both.model.sha256)
    }

    @Test func theMirroredEmbeddingIsThatOfTheMirrorImage() throws {
        let model = RecognitionModel(try TinyEncoder.install(in: catalogue))
        let encoder = try Encoder(model, mirrored: true, options: EncoderOptions(precision: .f32))
        let image = try testImage(9)
        #expect(encoder.space.profile == "assignment+mirror")
        #expect(try euclideanDistance(try encoder.encode(image), try encoder.encode(image.mirrored)) < 1e-5)
    }

    @Test func aFaceMustBeGivenWhereTheProfileCutsIt() throws {
        let encoder = try encoder(profile: .warp)
        #expect(encoder.needsFaces)
        #expect(throws: InferenceError.noFaceGiven(profile: "warp")) { try encoder.encode(try testImage(1)) }
    }
}
