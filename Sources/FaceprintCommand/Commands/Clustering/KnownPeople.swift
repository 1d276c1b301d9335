import Faceprint
import FaceprintGallery

/// Who is enrolled, to name clusters by.
struct KnownPeople {
    private let index: GalleryIndex
    private let threshold: Float

    init(_ gallery: Gallery, _ settings: RecognitionSettings) throws {
        index = GalleryIndex(gallery)
        threshold = try settings.identificationThreshold(of: gallery)
    }

    /// Whom the faces of a cluster show: the nearest person to their mean; nil for nobody who is enrolled.
    func name(of faces: [Embedding]) throws -> String? {
        guard let mean = try? Embedding(meanOf: faces) else { return nil }
        return try index.identify(mean, threshold: threshold).match?.person
    }
}
