import Faceprint
import FaceprintFiles
import Foundation

extension FaceClusters {
    /// The largest file that is read, in bytes: some 150,000 faces.
    private static let largestFile = 1 << 30

    /// Reads a file, and checks that it holds together.
    ///
    /// - Throws: ``AnalysisError/notClusters(path:reason:)``, ``AnalysisError/file(_:)``.
    public init(contentsOf path: String) throws(AnalysisError) {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: Self.largestFile) } catch { throw .file(error) }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw .notClusters(path: path, reason: "it isn't what “faceprint cluster” or its page writes")
        }
        if let problem { throw .notClusters(path: path, reason: problem) }
    }

    /// The file's text.
    public func json() -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(self)
        } catch {
            preconditionFailure("numbers that aren't finite are in no embedding, box or quality: \(error)")
        }
    }

    /// The embedding of a face.
    ///
    /// - Precondition: There is a face of that number.
    /// - Throws: `FaceprintError` for bytes that are no embedding.
    public func embedding(of face: Int) throws(FaceprintError) -> Embedding {
        try Embedding(normalizing: faces[face].embedding.floats, space: space)
    }

    /// What makes it unusable; nil when nothing does.
    private var problem: String? {
        guard version == Self.version else { return "it has version \(version), only \(Self.version) is known" }
        let size = faces.first?.embedding.count ?? 0
        for (number, face) in faces.enumerated() {
            guard face.embedding.count == size, size.isMultiple(of: 4), (try? embedding(of: number)) != nil else {
                return "face \(number) has no embedding like the others"
            }
        }
        var seen = Set<Int>()
        for number in clusters.lazy.flatMap(\.faces) {
            guard faces.indices.contains(number) else { return "it names the face \(number), which isn't there" }
            guard seen.insert(number).inserted else { return "face \(number) is in two clusters" }
        }
        return nil
    }
}
