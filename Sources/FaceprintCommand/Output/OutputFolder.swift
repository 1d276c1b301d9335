import FaceprintFiles
import Foundation

/// Where pages go that take long to make.
enum OutputFolder {
    /// - Throws: `FileError` when the file can't be written, before hours are spent on it.
    static func require(for path: String) throws(FileError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw .unwritable(path: path, reason: "there is no folder “\(folder)” that may be written to")
        }
    }
}
