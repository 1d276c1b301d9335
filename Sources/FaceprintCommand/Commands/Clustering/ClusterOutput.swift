import FaceprintAnalysis
import FaceprintFiles
import Foundation

/// Where clusters go: a page, a file, or a folder. Pages and files hold faces, and are their owner's alone.
enum ClusterOutput {
    case page(OutputFile)
    case file(OutputFile)
    case folder(ClusterFolder)

    /// - Returns: nil where only the report is wanted.
    /// - Throws: What would keep it from being written, before hours are spent on it.
    init?(_ arguments: Arguments) throws {
        let copies = arguments.has("copy")
        guard let path = arguments.string("output") else {
            guard !copies else { throw UsageError("--copy goes with --output FOLDER") }
            return nil
        }
        let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
        guard ["html", "json"].contains(ending) else {
            self = .folder(try ClusterFolder(path, copies: copies))
            return
        }
        guard !copies else { throw UsageError("--copy goes with a folder, not with “\(path)”") }
        let file = try OutputFile(path)
        self = ending == "html" ? .page(file) : .file(file)
    }

    /// - Returns: What to say of it.
    func write(_ clusters: FaceClusters) throws -> String {
        switch self {
        case .page(let file):
            try file.write(try ClusterPage(clusters).html.utf8)
            try file.finish()
            return
                "page: \(file.path)\nname people there, save them as FILE.json, then: faceprint enroll --clusters FILE.json"
        case .file(let file):
            try file.write(clusters.json())
            try file.finish()
            return "file: \(file.path)"
        case .folder(let folder):
            try folder.write(clusters)
            return "folder: \(folder.path)"
        }
    }
}
