import Faceprint
import Foundation

extension Gallery {
    /// Decides whether a probe shows the claimed person (1:1): see
    /// `Faceprint.verify(_:against:threshold:nearestTemplates:)`.
    ///
    /// - Throws: ``GalleryError/noSuchPerson(_:similar:)``, ``GalleryError/otherSpace(gallery:found:)``, another
    ///   ``GalleryError``, or `FaceprintError` for a threshold that is none.
    public func verify(
        _ probe: Embedding, as name: String, threshold: Float, nearestTemplates: Int = 1
    ) throws -> Verification {
        let templates = try embeddings(of: name)
        if let space = templates.first?.space, space != probe.space {
            throw GalleryError.otherSpace(gallery: space, found: probe.space)
        }
        return try Faceprint.verify(probe, against: templates, threshold: threshold, nearestTemplates: nearestTemplates)
    }
}
