import FaceprintFiles
import Foundation

/// A photo's file and, where it is known, whom it shows.
struct PersonPhoto {
    let path: String
    let person: String?

    /// The last two parts of the path.
    var shortName: String { path.split(separator: "/").suffix(1).joined(separator: "/") }

    /// The photos of a folder of people: a folder a person with any number of photos, or a photo a person named by
    /// its file; sorted, hidden files left out.
    ///
    /// - Throws: `FileError` when the folder can't be read, ``UsageError`` when there is nothing in it.
    static func all(in folder: String) throws -> [PersonPhoto] {
        var photos: [PersonPhoto] = []
        for entry in try entries(of: folder) {
            if isFolder(entry) {
                let person = URL(fileURLWithPath: entry).lastPathComponent
                photos += try entries(of: entry).filter { !isFolder($0) }.map {
                    PersonPhoto(path: $0, person: person)
                }
            } else {
                let name = URL(fileURLWithPath: entry).deletingPathExtension().lastPathComponent
                photos.append(PersonPhoto(path: entry, person: name))
            }
        }
        guard !photos.isEmpty else { throw UsageError("the folder “\(folder)” holds no photos") }
        return photos
    }

    private static func entries(of folder: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { throw FileError.missing(path: folder) }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
        } catch {
            throw FileError.unreadable(path: folder, reason: error.localizedDescription)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
