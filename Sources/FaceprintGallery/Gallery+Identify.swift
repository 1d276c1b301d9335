import Faceprint

extension Gallery {
    /// The templates laid out for a search; nil while the gallery is empty. To identify many probes, make it once.
    ///
    /// - Throws: ``GalleryError``.
    public func index() throws -> TemplateIndex? {
        guard let table = try allTemplates() else { return nil }
        return try TemplateIndex(
            space: table.space, dimension: table.dimension, people: table.names, owners: table.owners,
            templates: table.values)
    }

    /// Decides who a probe shows, if anybody enrolled (1:N): see
    /// `Faceprint.identify(_:in:threshold:top:nearestTemplates:)`.
    ///
    /// - Throws: ``GalleryError/otherSpace(gallery:found:)``, another ``GalleryError``, or `FaceprintError` for a
    ///   threshold that is none.
    public func identify(
        _ probe: Embedding, threshold: Float, top: Int = 1, nearestTemplates: Int = 1
    ) throws -> Identification {
        guard let index = try index() else { return Identification(candidates: [], threshold: threshold) }
        guard index.space == probe.space else {
            throw GalleryError.otherSpace(gallery: index.space, found: probe.space)
        }
        return try Faceprint.identify(
            probe, in: index, threshold: threshold, top: top, nearestTemplates: nearestTemplates)
    }
}
