import Foundation

/// The folder of test data that stands beside the project and is not part of it.
public enum SharedData {
    /// `../shared`, seen from the package's folder, or what `FACEPRINT_SHARED` names; nil where there is none.
    public static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["FACEPRINT_SHARED"]
        let folder =
            environment.map { URL(fileURLWithPath: $0) } ?? packageFolder.appending(path: "../shared").standardized
        guard FileManager.default.fileExists(atPath: folder.appending(path: "golden").path) else {
            print("skipped: there is no test data at ../shared; set FACEPRINT_SHARED to its folder to run these tests")
            return nil
        }
        return folder
    }()

    public static var isPresent: Bool { folder != nil }

    /// The project's own folder.
    public static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file of the test data.
    public static func url(_ path: String) -> URL {
        guard let folder else { fatalError("a test that needs shared data is not marked with .needsSharedData") }
        return folder.appending(path: path)
    }

    public static func data(_ path: String) throws -> Data { try Data(contentsOf: url(path)) }
}
