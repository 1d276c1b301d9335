import FaceprintFiles
import Foundation

/// A photo's file and, where it is known, whom it shows.
struct PersonPhoto {
    /// nil for the folder that the command runs in. All photos of a folder share it, since there may be many.
    private let folder: String?
    /// Within the folder.
    private let name: String
    let person: String?

    var path: String { folder.map { "\($0)/\(name)" } ?? name }

    /// The last part of the path.
    var shortName: String { path.split(separator: "/").suffix(1).joined(separator: "/") }

    init(path: String, person: String?) {
        folder = nil
        name = path
        self.person = person
    }

    private init(_ name: String, in folder: String, person: String) {
        self.folder = folder
        self.name = name
        self.person = person
    }

    /// The photos of a folder of people: a folder a person with any number of photos, or a photo a person named by
    /// its file; sorted, hidden files left out.
    ///
    /// - Parameter shard: Whose people are taken; nil for all.
    /// - Throws: `FileError` when the folder can't be read, ``UsageError`` when there is nothing in it.
    static func all(in folder: String, shard: Shard? = nil) throws -> [PersonPhoto] {
        var photos: [PersonPhoto] = []
        var isEmpty = true
        for entry in try FolderListing.entries(of: folder) {
            let person =
                entry.isFolder ? entry.name : URL(fileURLWithPath: entry.name).deletingPathExtension().lastPathComponent
            let isTaken = shard?.takes(person) ?? true
            guard entry.isFolder else {
                isEmpty = false
                if isTaken { photos.append(PersonPhoto(entry.name, in: folder, person: person)) }
                continue
            }
            // Another shard's folders are not looked into; one of its own says whether there are photos at all.
            guard isTaken else {
                isEmpty = false
                continue
            }
            let inside = folder + "/" + entry.name
            for file in try FolderListing.entries(of: inside) where !file.isFolder {
                isEmpty = false
                photos.append(PersonPhoto(file.name, in: inside, person: person))
            }
        }
        guard !isEmpty else { throw UsageError("the folder “\(folder)” holds no photos") }
        return photos
    }
}
