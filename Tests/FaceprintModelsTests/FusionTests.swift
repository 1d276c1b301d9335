import Faceprint
import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Fused models")
struct FusionTests {
    private let folder: TemporaryFolder
    private let catalogue: ModelCatalogue
    private let a: Model
    private let b: Model

    init() throws {
        folder = try TemporaryFolder()
        catalogue = ModelCatalogue(folder: folder.path("models"))
        var second = ModelManifest.example(named: "b")
        second.preprocessing = .sFace
        second.embeddingLength = 3
        a = try catalogue.add(.example(named: "a"), onnx: [1])
        b = try catalogue.add(second, onnx: [2])
    }

    private var thresholds: Thresholds { Thresholds(verification: 1.1, identification: 0.9) }

    private func both() -> Fusion {
        Fusion(
            name: "both", members: [.init(a, weight: 1), .init(b, weight: 1.5)], thresholds: thresholds,
            source: "a test", licence: "none")
    }

    @Test func `A network alone is a model of one member`() throws {
        let model = try catalogue.recognitionModel(named: "a")
        #expect(model.members == [.init(model: a, weight: 1)])
        #expect(model.sha256 == a.manifest.sha256)
        #expect(model.thresholds == a.manifest.thresholds)
        #expect(model.embeddingLength == 2)
        #expect(model.space() == a.space(profile: .standardized))
        #expect(model.space(profile: .assignment) == a.space(profile: .assignment))
    }

    @Test func `A fusion is listed, and finds its networks`() throws {
        let added = try catalogue.add(both())
        #expect(catalogue.names() == ["a", "b", "both"])
        #expect(try catalogue.fusion(named: "both") == both())
        #expect(try catalogue.recognitionModel(named: "both") == added)
        #expect(added.members == [.init(model: a, weight: 1), .init(model: b, weight: 1.5)])
        #expect((added.embeddingLength, added.thresholds) == (5, thresholds))
        try catalogue.verify(added)
        let text = "\(a.manifest.sha256) 1.0\n\(b.manifest.sha256) 1.5\n"
        #expect(added.sha256 == Array(text.utf8).withUnsafeBytes { SHA256.hex(of: $0) })
        #expect(
            added.space() == EmbeddingSpace(model: "both", modelSHA256: added.sha256, profile: "standardized+sface"))
        #expect(added.space(profile: .assignment).profile == "assignment")
        #expect(throws: ModelError.notOneNetwork(name: "both")) { try catalogue.model(named: "both") }
    }

    @Test func `Other weights or another order are another space`() throws {
        func sha256(_ change: (inout Fusion) -> Void) throws -> String {
            var fusion = both()
            change(&fusion)
            return try catalogue.add(fusion).sha256
        }
        let all = try [sha256 { _ in }, sha256 { $0.members[1].weight = 1.4 }, sha256 { $0.members.swapAt(0, 1) }]
        #expect(Set(all).count == 3)
        #expect(try sha256 { $0.thresholds.verification = 1 } == all[0])
    }

    @Test func `A member that was replaced, removed or made a fusion is named`() throws {
        _ = try catalogue.add(both())
        let new = try catalogue.add(.example(named: "a"), onnx: [9])
        let replaced = "has SHA-256 \(new.manifest.sha256), not \(a.manifest.sha256)"
        func expect(_ reason: String) {
            let expected = ModelError.unusableMember(fusion: "both", member: "a", reason: reason)
            #expect("\(expected)".contains("faceprint model fetch"))
            #expect(throws: expected) { try catalogue.recognitionModel(named: "both") }
            #expect(throws: expected) { try catalogue.add(both()) }
        }
        expect(replaced)
        try FileManager.default.removeItem(atPath: catalogue.folder + "/a")
        expect("is not here")
        _ = try catalogue.add(
            Fusion(
                name: "a", members: [.init(b, weight: 1)], thresholds: thresholds, source: "a test", licence: "none"))
        expect("is a fusion itself")
        #expect(try catalogue.fusion(named: "both") == both())
    }

    @Test func `What can't be joined is refused, and nothing is left`() throws {
        func expect(_ reason: String, _ change: (inout Fusion) -> Void) {
            var fusion = both()
            change(&fusion)
            #expect(throws: ModelError.unusableFusion(name: "both", reason: reason)) { try catalogue.add(fusion) }
        }
        expect("it has 0 members; 1 to 8 are possible") { $0.members = [] }
        expect("it has 9 members; 1 to 8 are possible") { $0.members = Array(repeating: $0.members[0], count: 9) }
        for weight in [0, -1, .nan, .infinity, 1e-30, 1e30] as [Float] {
            expect("the weight of “b” is \(weight), not a positive number") { $0.members[1].weight = weight }
        }
        expect("a member's name can't name a model") { $0.members[0].model = "../models/a" }
        expect("its thresholds are no distances, 0 to 2") { $0.thresholds.identification = .nan }
        expect("it names itself as a member") { $0.members[0].model = "both" }
        for name in ["../x", "", ".x", "a/b"] {
            var fusion = both()
            fusion.name = name
            #expect(throws: ModelError.invalidName(name)) { try catalogue.add(fusion) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: catalogue.folder).sorted() == ["a", "b"])
    }

    @Test(arguments: [
        ("\"version\" : 1", "\"version\" : 2", "it has version 2, only 1 is known"),
        ("\"name\" : \"both\"", "\"name\" : \"other\"", "it is of the model “other”"),
        ("\"model\" : \"a\"", "\"model\" : \"../models/a\"", "a member's name can't name a model"),
        ("\"weight\" : 1.5", "\"weight\" : -1.5", "the weight of “b” is -1.5, not a positive number"),
        ("\"weight\" : 1.5", "\"weight\" : 1e999", "it is not the JSON that is written here"),
        ("\"weight\" : 1.5", "\"weight\" : null", "it is not the JSON that is written here"),
        ("\"verification\" : 1.1", "\"verification\" : 3", "its thresholds are no distances, 0 to 2"),
        ("{", "", "it is not the JSON that is written here"),
    ])
    func `A damaged or hostile description is refused`(old: String, new: String, reason: String) throws {
        _ = try catalogue.add(both())
        let path = catalogue.folder + "/both/fusion.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let place = try #require(text.range(of: old))
        try text.replacingCharacters(in: place, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ModelError.damagedManifest(path: path, reason: reason)) {
            try catalogue.recognitionModel(named: "both")
        }
    }

    @Test func `A network and a fusion of one name replace each other`() throws {
        _ = try catalogue.add(both())
        let network = try catalogue.add(.example(named: "both"), onnx: [5])
        #expect(try catalogue.recognitionModel(named: "both").members == [.init(model: network, weight: 1)])
        #expect(throws: ModelError.noSuchModel(name: "both", known: ["a", "b", "both"])) {
            try catalogue.fusion(named: "both")
        }
        #expect(try catalogue.add(both()).members.count == 2)
        #expect(catalogue.names() == ["a", "b", "both"])
    }
}
