import FaceprintFiles
import Foundation
import TestSupport
import Testing

@testable import FaceprintModels

@Suite("Model catalogue")
struct CatalogueTests {
    private let folder: TemporaryFolder
    private let catalogue: ModelCatalogue

    init() throws {
        folder = try TemporaryFolder()
        catalogue = ModelCatalogue(folder: folder.path("models"))
    }

    @Test func `A model that was added is listed, found and whole`() throws {
        #expect(catalogue.names() == [])
        let b = try catalogue.add(.example(named: "b"), onnx: [1, 2, 3])
        let a = try catalogue.add(.example(named: "A.1_x-y"), onnx: [4])
        #expect(catalogue.names() == ["A.1_x-y", "b"])
        #expect(try catalogue.model(named: "b") == b)
        #expect(try catalogue.model(named: "A.1_x-y") == a)
        #expect(b.manifest.sha256 == "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")
        try catalogue.verify(b)
        let space = b.space(profile: .assignment)
        #expect((space.model, space.modelSHA256, space.profile) == ("b", b.manifest.sha256, "assignment"))
    }

    @Test func `Adding again replaces, and leaves nothing else behind`() throws {
        let old = try catalogue.add(.example(named: "a"), onnx: [1])
        let new = try catalogue.add(.example(named: "a", threshold: 1), onnx: [2])
        #expect(try catalogue.model(named: "a") == new)
        #expect(old.manifest.sha256 != new.manifest.sha256)
        try catalogue.verify(new)
        #expect(try FileManager.default.contentsOfDirectory(atPath: catalogue.folder) == ["a"])
        #expect(throws: ModelError.self) { try catalogue.verify(old) }
    }

    @Test func `An add that fails leaves what was there`() throws {
        let old = try catalogue.add(.example(named: "a"), onnx: [1])
        // JSON has no NaN: the manifest can't be written, after the model file was.
        #expect(throws: ModelError.self) { try catalogue.add(.example(named: "a", threshold: .nan), onnx: [2]) }
        #expect(try catalogue.model(named: "a") == old)
        try catalogue.verify(old)
        #expect(try FileManager.default.contentsOfDirectory(atPath: catalogue.folder) == ["a"])
    }

    @Test func `What an interrupted add left is no model`() throws {
        let model = try catalogue.add(.example(named: "a"), onnx: [1])
        let left = catalogue.folder + "/.a-interrupted"
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        try Data([9]).write(to: URL(fileURLWithPath: left + "/model.onnx"))
        try FileManager.default.createDirectory(
            atPath: catalogue.folder + "/empty", withIntermediateDirectories: true)
        #expect(catalogue.names() == ["a"])
        #expect(try catalogue.model(named: "a") == model)
    }

    @Test func `A changed byte of the model file is found`() throws {
        let model = try catalogue.add(.example(named: "a"), onnx: [UInt8](repeating: 7, count: 3_000_000))
        try catalogue.verify(model)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: model.path))
        try file.seek(toOffset: 2_999_999)
        try file.write(contentsOf: Data([6]))
        try file.close()
        let error = try #require(throws: ModelError.self) { try catalogue.verify(model) }
        guard case .checksumMismatch(model.path, model.manifest.sha256, _) = error else {
            Issue.record("unexpected: \(error)")
            return
        }
        try FileManager.default.removeItem(atPath: model.path)
        #expect(throws: ModelError.file(.missing(path: model.path))) { try catalogue.verify(model) }
    }

    @Test(arguments: ["", ".", "..", "../x", "a/b", "/etc", ".hidden", "-x", "a b", "ä"])
    func `A name that could be a path or an option is refused`(name: String) throws {
        try expectRefusal(of: name)
    }

    @Test func `A name with control characters is refused`() throws {
        for name in ["a\u{0}b", "a\n", "\u{1B}[2J"] { try expectRefusal(of: name) }
    }

    private func expectRefusal(of name: String) throws {
        #expect(throws: ModelError.invalidName(name)) { try catalogue.add(.example(named: name), onnx: [1]) }
        // Before the file is looked for.
        let options = ImportOptions(name: name, source: "a test")
        #expect(throws: ModelError.invalidName(name)) { try catalogue.importONNX("none", options: options) }
        #expect(throws: ModelError.invalidName(name)) { try catalogue.importKeras("none", options: options) }
        #expect(throws: ModelError.noSuchModel(name: name, known: [])) { try catalogue.model(named: name) }
        #expect(!FileManager.default.fileExists(atPath: catalogue.folder))
    }

    @Test func `A name has at most 64 characters`() throws {
        let name = String(repeating: "a", count: 64)
        _ = try catalogue.add(.example(named: name), onnx: [1])
        #expect(throws: ModelError.invalidName(name + "a")) {
            try catalogue.add(.example(named: name + "a"), onnx: [1])
        }
    }

    @Test func `A path out of the catalogue finds no model, even where there is one`() throws {
        _ = try catalogue.add(.example(named: "x"), onnx: [1])
        let inner = ModelCatalogue(folder: catalogue.folder + "/inner")
        try FileManager.default.createDirectory(atPath: inner.folder, withIntermediateDirectories: true)
        #expect(throws: ModelError.noSuchModel(name: "../x", known: [])) { try inner.model(named: "../x") }
        #expect(throws: ModelError.noSuchModel(name: "y", known: ["x"])) { try catalogue.model(named: "y") }
    }

    @Test(arguments: [
        ("\"version\" : 2", "\"version\" : 1", "it has version 1, of an older Faceprint; this one knows 2"),
        ("\"version\" : 2", "\"version\" : 3", "it has version 3, of a newer Faceprint; this one knows 2"),
        ("\"verification\" : 0.5", "\"verification\" : 2.5", "its thresholds are no distances, 0 to 2"),
        ("\"identification\" : 0.5", "\"identification\" : -1", "its thresholds are no distances, 0 to 2"),
        ("\"thresholds\"", "\"threshold\"", "it is not the JSON that is written here"),
        ("\"name\" : \"a\"", "\"name\" : \"b\"", "it is of the model “b”"),
        ("\"width\" : 6", "\"width\" : 0", "its sizes make no sense"),
        ("\"embeddingLength\" : 2", "\"embeddingLength\" : -2", "its sizes make no sense"),
        ("\"width\" : 6", "\"width\" : 6, \"batch\" : 0", "its sizes make no sense"),
        ("\"width\" : 6", "\"width\" : 6, \"batch\" : 1000000000", "its sizes make no sense"),
        ("\"width\" : 6", "\"width\" : \"6\"", "it is not the JSON that is written here"),
        ("\"metric\" : \"euclidean\"", "\"metric\" : \"cosine\"", "it is not the JSON that is written here"),
        ("{", "", "it is not the JSON that is written here"),
    ])
    func `A manifest that is damaged, older, newer or another's is refused`(
        old: String, new: String, reason: String
    ) throws {
        let model = try catalogue.add(.example(named: "a", threshold: 0.5), onnx: [1])
        let path = URL(fileURLWithPath: model.path).deletingLastPathComponent().path + "/manifest.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let place = try #require(text.range(of: old))
        try text.replacingCharacters(in: place, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        let error = try #require(throws: ModelError.self) { try catalogue.model(named: "a") }
        #expect(error == .damagedManifest(path: path, reason: reason))
        #expect("\(error)".contains("fetch or import the model again"))
    }

    @Test func `An imported Keras model says what it is`() throws {
        let path = folder.path("tiny.h5")
        try KerasFile.tiny().write(to: path)
        let model = try catalogue.importKeras(path, options: ImportOptions(name: "tiny", source: "a test"))
        #expect(try catalogue.model(named: "tiny") == model)
        let manifest = model.manifest
        #expect(
            manifest.input == .init(name: "photo", width: 6, height: 5, layout: .channelsLast, channels: .rgb))
        #expect((manifest.output, manifest.embeddingLength, manifest.layers) == ("bottleneck", 2, 14))
        #expect(try manifest.parameters == Network(kerasFile: path).parameterCount)
        #expect(try ONNXSummary(contentsOf: model.path).outputs.map(\.name) == ["bottleneck"])
    }
}
