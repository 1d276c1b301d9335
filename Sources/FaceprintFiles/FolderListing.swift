import Foundation
import Glibc

/// What is in a folder, without asking the system about each entry where the folder itself says what they are.
public enum FolderListing {
    public struct Entry: Hashable, Sendable {
        public let name: String
        public let isFolder: Bool
    }

    /// The entries, sorted by name; hidden ones are left out. A link counts as what it leads to.
    ///
    /// - Throws: ``FileError`` for a folder that is missing or can't be read.
    public static func entries(of folder: String) throws(FileError) -> [Entry] {
        guard let stream = opendir(folder) else { throw .reading(folder) }
        defer { closedir(stream) }
        var entries: [Entry] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") {
                let isFolder =
                    switch Int32(entry.pointee.d_type) {
                    case Int32(DT_DIR): true
                    case Int32(DT_LNK), Int32(DT_UNKNOWN): leadsToFolder(folder + "/" + name)
                    default: false
                    }
                entries.append(Entry(name: name, isFolder: isFolder))
            }
            errno = 0
        }
        guard errno == 0 else { throw .reading(folder) }
        return entries.sorted { $0.name < $1.name }
    }

    /// The files of a folder and of all folders within it, in the order of ``entries(of:)``. A folder that a link leads
    /// to once more is passed over.
    ///
    /// - Returns: Paths that begin with the folder's.
    /// - Throws: ``FileError`` for a folder that is missing or can't be read.
    public static func files(below folder: String) throws(FileError) -> [String] {
        var visited: Set<String> = []
        var files: [String] = []
        func visit(_ folder: String) throws(FileError) {
            let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
            guard visited.insert(real).inserted else { return }
            for entry in try entries(of: folder) {
                let path = folder + "/" + entry.name
                if entry.isFolder { try visit(path) } else { files.append(path) }
            }
        }
        try visit(folder)
        return files
    }

    private static func leadsToFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
