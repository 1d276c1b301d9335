import Faceprint
import FaceprintFiles
import Foundation

extension FaceClassifier {
    /// The largest file that is read, in bytes.
    private static let largestFile = 1 << 30

    /// What a file holds: the templates with all that was learnt.
    fileprivate struct Content: Codable {
        let version: Int
        let space: EmbeddingSpace
        let settings: ClassifierSettings
        let people: [String]
        /// `[templates]`: whom each shows.
        let labels: [Int]
        /// `[templates]`: the float32 numbers of each embedding, little-endian.
        let embeddings: [Data]
        let machine: SupportVectorMachine?
    }

    /// Reads a file, and checks that it holds together.
    ///
    /// - Throws: ``AnalysisError/notClassifier(path:reason:)``, ``AnalysisError/file(_:)``.
    public init(contentsOf path: String) throws(AnalysisError) {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: Self.largestFile) } catch { throw .file(error) }
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)) else {
            throw .notClassifier(path: path, reason: "it isn't what “faceprint classify train” writes")
        }
        if let problem = content.problem { throw .notClassifier(path: path, reason: problem) }
        self.init(
            people: content.people, settings: content.settings, space: content.space,
            rows: content.embeddings.map(\.floats), labels: content.labels, machine: content.machine)
    }

    /// The file's text. It holds the templates: personal data.
    public func json() -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let content = Content(
            version: Content.version, space: space, settings: settings, people: people, labels: labels,
            embeddings: rows.map { Data(floats: $0) }, machine: machine)
        do {
            return try encoder.encode(content)
        } catch {
            preconditionFailure("all numbers of a classifier are finite: \(error)")
        }
    }
}

extension FaceClassifier.Content {
    fileprivate static let version = 1

    /// What makes it unusable; nil when nothing does.
    fileprivate var problem: String? {
        guard version == Self.version else { return "it has version \(version), only \(Self.version) is known" }
        do throws(AnalysisError) { try settings.check() } catch { return "\(error)" }
        guard people.count >= 2, Set(people).count == people.count else { return "it has no two people" }
        guard labels.count == embeddings.count, Set(labels) == Set(people.indices) else {
            return "its templates aren't those of its people"
        }
        let size = embeddings[0].count
        guard size > 0, size.isMultiple(of: 4),
            embeddings.allSatisfy({ $0.count == size && $0.floats.allSatisfy { abs($0) <= 1 } })
        else { return "its templates are no embeddings" }
        switch settings.method {
        case .knn: return nil
        case .svm:
            let fits = machine?.fits(rows: labels.count, classes: people.count) ?? false
            return fits ? nil : "its support vector machine isn't one of its templates"
        }
    }
}
