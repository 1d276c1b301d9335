import FaceprintAnalysis
import FaceprintFiles
import Foundation

/// A new folder with a folder a cluster, in which are links to its photos, or copies.
///
/// It is a folder of people as other commands take it, once its folders are renamed.
struct ClusterFolder {
    let path: String
    private let copies: Bool

    /// Makes the folder.
    ///
    /// - Throws: `FileError` where there is something already, so that nothing of it is mixed with what is new.
    init(_ path: String, copies: Bool) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileError.unwritable(path: path, reason: error.localizedDescription)
        }
        guard try FolderListing.entries(of: path).isEmpty else {
            throw FileError.unwritable(path: path, reason: "there is something in it; name a new folder")
        }
        self.path = path
        self.copies = copies
    }

    func write(_ clusters: FaceClusters) throws {
        let digits = "\(clusters.clusters.count)".count
        for (number, cluster) in clusters.clusters.enumerated() {
            let count = "\(number + 1)"
            let name = "person-" + String(repeating: "0", count: digits - count.count) + count
            try write(cluster.faces.map { clusters.faces[$0].photo }, to: "\(path)/\(name)")
        }
    }

    private func write(_ photos: [String], to folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var names: Set<String> = []
            // A person may be on a photo more than once, such as beside a mirror.
            for photo in Set(photos).sorted() {
                let source = URL(fileURLWithPath: photo)
                let target = folder + "/" + Self.name(for: source, among: &names)
                if copies {
                    try FileManager.default.copyItem(atPath: source.path, toPath: target)
                } else {
                    try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: source.path)
                }
            }
        } catch {
            throw FileError.unwritable(path: folder, reason: error.localizedDescription)
        }
    }

    /// The file's own name or, where a photo of another folder has it, one with a number.
    private static func name(for file: URL, among taken: inout Set<String>) -> String {
        let (stem, ending) = (file.deletingPathExtension().lastPathComponent, file.pathExtension)
        var name = file.lastPathComponent
        var number = 1
        while !taken.insert(name).inserted {
            number += 1
            name = "\(stem)-\(number)" + (ending.isEmpty ? "" : ".\(ending)")
        }
        return name
    }
}
