import Faceprint
import Foundation
import Synchronization

/// The templates of a gallery in memory, which follows the gallery: what this process or another machine has changed is
/// seen by the next search, and only what changed is read.
///
/// Searches are exact. They take turns, and each uses all cores. Templates that can't be read are left out, and named by
/// ``damage()``.
public final class GalleryIndex: GallerySearch {
    private let gallery: Gallery
    private let precision: SearchPrecision
    /// nil before the first search, and while the gallery has no templates.
    private let content = Mutex<IndexContent?>(nil)

    /// - Parameter precision: What a search reads. What it finds is the same.
    public init(_ gallery: Gallery, precision: SearchPrecision = .int8) {
        self.gallery = gallery
        self.precision = precision
    }

    public func space() throws -> EmbeddingSpace? { try withContent { $0?.index.space } }

    /// The number of templates that are searched.
    public func count() throws -> Int { try withContent { $0?.index.count ?? 0 } }

    /// Why templates are left out, in the order of their numbers.
    public func damage() throws -> [GalleryError] { try withContent { $0?.damage ?? [] } }

    public func nearestPeople(
        to probes: [Embedding], count: Int, nearestTemplates: Int = 1, among group: String? = nil
    ) throws -> [[Candidate]] {
        let groups = try group.map { Set([try PersonName($0).key]) }
        return try withContent { content in
            guard let index = content?.index else { return [[Candidate]](repeating: [], count: probes.count) }
            if let other = probes.first(where: { $0.space != index.space }) {
                throw GalleryError.otherSpace(gallery: index.space, found: other.space)
            }
            return try index.nearestPeople(
                to: probes, count: count, nearestTemplates: nearestTemplates, among: groups)
        }
    }

    /// Lends what is known of the gallery as it is now.
    private func withContent<Value: Sendable>(_ body: (IndexContent?) throws -> Value) throws -> Value {
        try content.withLock { content in
            try gallery.bringUpToDate(&content, precision: precision, now: Date())
            return try body(content)
        }
    }
}
