import Faceprint
import FaceprintFiles
import Foundation

/// The models on this machine: a folder each, with `model.onnx` and `manifest.json`, or with `fusion.json`.
public struct ModelCatalogue: Sendable {
    /// The folder of the folders.
    public let folder: String

    public init(folder: String = DataFolder().models) { self.folder = folder }

    /// The names of the networks and fusions here, sorted.
    public func names() -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.filter {
            Self.isName($0) && (FileManager.default.fileExists(atPath: manifestPath($0)) || isFusion($0))
        }.sorted()
    }

    /// The network of that name. Its manifest is checked, its weights are not read: see ``verify(_:)``.
    ///
    /// - Throws: ``ModelError/noSuchModel(name:known:)``, ``ModelError/notOneNetwork(name:)`` for a fusion, or what is
    ///   wrong with the manifest.
    public func model(named name: String) throws(ModelError) -> Model {
        guard !isFusion(name) else { throw .notOneNetwork(name: name) }
        let path = manifestPath(name)
        guard Self.isName(name), FileManager.default.fileExists(atPath: path) else {
            throw .noSuchModel(name: name, known: names())
        }
        let version = try decode(ManifestVersion.self, from: path).version
        guard version == ModelManifest.currentVersion else {
            let other = version < ModelManifest.currentVersion ? "an older" : "a newer"
            throw .damagedManifest(
                path: path,
                reason:
                    "it has version \(version), of \(other) Faceprint; this one knows \(ModelManifest.currentVersion)")
        }
        let manifest = try decode(ModelManifest.self, from: path)
        guard manifest.name == name else {
            throw .damagedManifest(path: path, reason: "it is of the model “\(manifest.name)”")
        }
        guard manifest.isSensible else { throw .damagedManifest(path: path, reason: "its sizes make no sense") }
        guard manifest.thresholds.areDistances else {
            throw .damagedManifest(path: path, reason: "its thresholds are no distances, 0 to 2")
        }
        return Model(manifest: manifest, path: modelPath(name))
    }

    /// Reads the whole model file and compares its SHA-256 with the manifest's.
    ///
    /// - Throws: ``ModelError/checksumMismatch(path:expected:found:)``.
    public func verify(_ model: Model) throws(ModelError) {
        let found: String
        do { found = try File.sha256(of: model.path) } catch { throw .file(error) }
        guard found == model.manifest.sha256 else {
            throw .checksumMismatch(path: model.path, expected: model.manifest.sha256, found: found)
        }
    }

    /// Puts a model into the catalogue, in the place of one of the same name. A model is never there in part:
    /// a call that fails leaves what was there, and one that is killed may leave none.
    ///
    /// - Parameters:
    ///   - manifest: Its `sha256` is set to that of the file.
    ///   - onnx: The bytes of the ONNX file.
    ///   - network: Is written as a Keras file beside it; nil for none.
    public func add(
        _ manifest: ModelManifest, onnx: [UInt8], network: Network? = nil
    ) throws(ModelError) -> Model {
        try Self.require(name: manifest.name)
        var manifest = manifest
        manifest.sha256 = onnx.withUnsafeBytes { SHA256.hex(of: $0) }
        let described = manifest
        try place(manifest.name) {
            try Data(onnx).write(to: URL(fileURLWithPath: $0 + "/model.onnx"))
            try Self.write(described, to: $0 + "/manifest.json")
            try network?.write(kerasFile: $0 + "/model.h5")
        }
        return Model(manifest: manifest, path: modelPath(manifest.name))
    }

    /// The network of a model as a Keras file, from which training can go on; nil where there is none.
    public func kerasFile(of model: Model) -> String? {
        let path = "\(folder)/\(model.manifest.name)/model.h5"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Makes the folder of that name with what the body writes into the path that it is given.
    func place(_ name: String, _ write: (String) throws -> Void) throws(ModelError) {
        let files = FileManager.default
        let temporary = "\(folder)/.\(name)-\(UUID().uuidString)"
        do {
            try files.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            try write(temporary)
            try Self.replace(folder + "/" + name, with: temporary)
        } catch {
            try? files.removeItem(atPath: temporary)
            throw .file(.unwritable(path: folder, reason: error.localizedDescription))
        }
    }

    /// The JSON of that file.
    func decode<Content: Decodable>(_ type: Content.Type, from path: String) throws(ModelError) -> Content {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: 1 << 20) } catch { throw .file(error) }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .damagedManifest(path: path, reason: "it is not the JSON that is written here")
        }
    }

    static func write(_ content: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(content).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    private static func replace(_ target: String, with source: String) throws {
        let files = FileManager.default
        let old = source + ".old"
        if files.fileExists(atPath: target) { try files.moveItem(atPath: target, toPath: old) }
        try files.moveItem(atPath: source, toPath: target)
        try? files.removeItem(atPath: old)
    }

    /// - Throws: ``ModelError/invalidName(_:)`` for a name that can't be a folder's.
    public static func require(name: String) throws(ModelError) {
        guard isName(name) else { throw .invalidName(name) }
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") } ?? false
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_.".utf8.contains($0)
            }
    }

    private func modelPath(_ name: String) -> String { "\(folder)/\(name)/model.onnx" }
    func manifestPath(_ name: String) -> String { "\(folder)/\(name)/manifest.json" }
}

/// What any version of the manifest says.
private struct ManifestVersion: Decodable {
    let version: Int
}
