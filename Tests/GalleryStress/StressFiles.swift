import FaceprintFiles
import FaceprintGallery
import Foundation

/// A folder with what operations need beside the gallery: keys, and an export.
struct StressFiles {
    static let keys = ["a", "b"]

    private let folder: URL

    init(_ folder: URL) { self.folder = folder }

    /// Makes them.
    func make() throws {
        for name in Self.keys { try SealKey.makeFile(path(name)) }
        let source = try Gallery(at: path("source"))
        for result in try source.enroll(
            StressImport.numbers.map { (name: StressImport.person(of: $0), template: try stressTemplate($0)) })
        {
            _ = try result.get()
        }
        _ = try source.export(to: OutputFile(path("export")))
    }

    func key(_ name: String) throws -> SealKey { try .file(path(name)) }

    func export() throws -> InputFile { try InputFile(path("export")) }

    private func path(_ name: String) -> String { folder.appending(path: name).path }
}

/// What the export holds: so much that an import takes several batches.
enum StressImport {
    static let people = (0..<4).map { "i\($0)" }
    static let numbers = 1...1100
    /// How many templates come with the people in the first thousand lines, which are a batch.
    static let firstBatch = 1000 - people.count

    static func person(of number: Int) -> String { people[number % people.count] }
}
