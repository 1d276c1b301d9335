import Faceprint

extension GallerySearch {
    /// Decides who a probe shows, if anybody enrolled (1:N): see `Identification`.
    ///
    /// - Parameters:
    ///   - threshold: The largest L2 distance that is accepted, 0…2.
    ///   - top: How many of the nearest people to name.
    /// - Throws: As ``nearestPeople(to:count:nearestTemplates:among:)``, and `FaceprintError` for a threshold that is
    ///   none.
    public func identify(
        _ probe: Embedding, threshold: Float, top: Int = 1, nearestTemplates: Int = 1, among group: String? = nil
    ) throws -> Identification {
        try requireThreshold(threshold)
        let found = try nearestPeople(
            to: [probe], count: max(top, 1), nearestTemplates: max(nearestTemplates, 1), among: group)
        return Identification(candidates: found[0], threshold: threshold)
    }
}

extension Gallery {
    /// Decides who a probe shows, if anybody enrolled (1:N). To identify many probes, make a ``GalleryIndex`` once.
    public func identify(
        _ probe: Embedding, threshold: Float, top: Int = 1, nearestTemplates: Int = 1, among group: String? = nil
    ) throws -> Identification {
        try GalleryIndex(self).identify(
            probe, threshold: threshold, top: top, nearestTemplates: nearestTemplates, among: group)
    }
}
