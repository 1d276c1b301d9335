import Faceprint
import FaceprintModels
import Foundation
import TestSupport
import Testing

struct DistanceDistributionTests {
    private let folder = try! TemporaryFolder()
    private var catalogue: ModelCatalogue { ModelCatalogue(folder: folder.path("models")) }

    private func distributions(_ space: EmbeddingSpace) -> DistanceDistributions {
        var (genuine, impostor) = ([Int](repeating: 0, count: 200), [Int](repeating: 0, count: 200))
        (genuine[10], genuine[20], impostor[100]) = (3, 1, 8)
        return DistanceDistributions(space: space, source: "a test", genuine: genuine, impostor: impostor)
    }

    @Test func sharesAreOfWholePartsAndParts() {
        let bins = distributions(EmbeddingSpace(model: "", modelSHA256: "", profile: "")).genuine
        let share = { DistanceDistributions.share(of: bins, atMost: $0) }
        #expect(share(0.1) < 1e-6 && share(0.21) > 1 - 1e-6 && share(2) == 1 && share(.infinity) == 1)
        #expect(abs(share(0.105) - 0.375) < 1e-6 && abs(share(0.15) - 0.75) < 1e-6)
        #expect(share(0) == 0 && share(-1) == 0 && share(.nan) == 0)
        #expect(DistanceDistributions.share(of: [0, 0], atMost: 1) == 0)
    }

    @Test func theyAreKeptBesideTheirModel() throws {
        let model = RecognitionModel(try TinyEncoder.install(in: catalogue))
        let space = model.space()
        #expect(try catalogue.distances(of: space) == nil)
        let stored = distributions(space)
        try catalogue.setDistances(stored)
        #expect(try catalogue.distances(of: space) == stored)
        // Not for another profile, and gone with the model.
        #expect(
            try catalogue.distances(
                of: EmbeddingSpace(model: space.model, modelSHA256: space.modelSHA256, profile: "box")) == nil)
        #expect(try catalogue.recognitionModel(named: TinyEncoder.name) == model)
        _ = try TinyEncoder.install(in: catalogue)
        #expect(try catalogue.distances(of: space) == nil)
        #expect(throws: ModelError.noSuchModel(name: "other", known: ["tiny"])) {
            try catalogue.setDistances(
                distributions(EmbeddingSpace(model: "other", modelSHA256: "", profile: "")))
        }
    }

    @Test(arguments: [
        "", "{}",
        #"{"version": 1, "space": {"model": "tiny", "modelSHA256": "", "profile": ""}, "source": "", "genuine": [1], "impostor": [-1]}"#,
    ])
    func aDamagedFileIsNamed(text: String) throws {
        let space = RecognitionModel(try TinyEncoder.install(in: catalogue)).space()
        try text.write(toFile: folder.path("models/tiny/distances.json"), atomically: true, encoding: .utf8)
        #expect(throws: ModelError.self) { try catalogue.distances(of: space) }
    }

    /// What is built in fits the models as they are fetched, and their thresholds.
    @Test(.needsFaceNet, arguments: ["facenet", "sface", "fused"]) func fetchedModelsAreMeasured(name: String) throws {
        let model = try ModelCatalogue().recognitionModel(named: name)
        let found = try #require(try catalogue.distances(of: model.space()))
        #expect(found.genuine.reduce(0, +) == 1973 && found.impostor.reduce(0, +) == 1_250_180)
        let rate = DistanceDistributions.share(of: found.impostor, atMost: model.thresholds.verification)
        #expect((5e-5...1.2e-4).contains(rate))
    }
}
