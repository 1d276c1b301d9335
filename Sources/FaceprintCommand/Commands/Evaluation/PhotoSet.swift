import FaceprintEvaluation
import Foundation

/// The photos of an evaluation.
struct PhotoSet {
    struct Photo {
        /// What lists and reports call it: its path below the folder.
        let name: String
        let path: String
        /// Whom it shows, where that is known.
        let identity: String?
    }

    let folder: String
    let photos: [Photo]

    /// The photos of a list of pairs, each once, below a folder.
    ///
    /// - Parameter knowsPeople: Whether the first part of a photo's path is the person.
    /// - Throws: ``MissingPhotos`` before hours are spent on the others.
    init(of list: PairList, in folder: String, knowsPeople: Bool) throws {
        self.folder = folder
        photos = list.photos.map { name in
            Photo(
                name: name, path: folder + "/" + name, identity: knowsPeople ? String(name.prefix { $0 != "/" }) : nil)
        }
        let missing = photos.filter { !FileManager.default.fileExists(atPath: $0.path) }
        if let first = missing.first {
            throw MissingPhotos(count: missing.count, total: photos.count, first: first.path)
        }
    }

    /// A folder of people: a folder a person, or a photo a person.
    init(folder: String) throws {
        self.folder = folder
        photos = try PersonPhoto.all(in: folder).map {
            Photo(name: String($0.path.dropFirst(folder.count + 1)), path: $0.path, identity: $0.person)
        }
    }
}

/// Photos of a list that aren't where they are looked for.
struct MissingPhotos: Error, CustomStringConvertible {
    let count: Int
    let total: Int
    let first: String

    var description: String {
        "\(count) of the list's \(total) photos are missing, first “\(first)”; check the folder that the list is about"
    }
}
