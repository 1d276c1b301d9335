import Faceprint

/// A way to find the people of a gallery who are nearest to a probe: in memory, or in the database.
public protocol GallerySearch: Sendable {
    /// What made the templates; nil while the gallery has none.
    func space() throws -> EmbeddingSpace?

    /// The people nearest to each of many probes, nearest first, by the gallery as it is now: by the mean distance to
    /// the nearest few of each one's templates. Templates that are over are nobody's.
    ///
    /// - Parameters:
    ///   - probes: Embeddings of photos.
    ///   - count: How many people for each, at least 1.
    ///   - nearestTemplates: How many templates of a person count, at least 1; all of a person who has fewer.
    ///   - group: Only people in this group are looked for; nil for everybody.
    /// - Returns: For each probe the same as for it alone; no candidates in a gallery without templates.
    /// - Throws: ``GalleryError/otherSpace(gallery:found:)``, another ``GalleryError``, or `FaceprintError`.
    func nearestPeople(
        to probes: [Embedding], count: Int, nearestTemplates: Int, among group: String?
    ) throws -> [[Candidate]]

    /// Why people and templates are left out: they can't be read.
    func damage() throws -> [GalleryError]
}
