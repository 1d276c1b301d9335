import Faceprint
import FaceprintGallery
import FaceprintImaging

/// Why a photo was not enrolled, in a word that stays the same.
enum RefusalReason: String {
    case unreadable
    case notAPhoto = "not-a-photo"
    case tooLarge = "too-large"
    case tooSlow = "too-slow"
    case damaged
    case noFace = "no-face"
    case severalFaces = "several-faces"
    case lowQuality = "low-quality"
    case photoOfAnother = "photo-of-another"
    case invalidName = "invalid-name"
    case other

    init(_ error: any Error) {
        self =
            switch error {
            case let error as ImagingError: Self.reason(error)
            case FaceSelectionError.noFace: .noFace
            case FaceSelectionError.severalFaces: .severalFaces
            case is FaceQualityError: .lowQuality
            case GalleryError.photoOfAnother: .photoOfAnother
            case GalleryError.invalidName: .invalidName
            default: .other
            }
    }

    private static func reason(_ error: ImagingError) -> RefusalReason {
        switch error {
        case .file(.tooLarge), .tooManyBytes, .tooManyPixels: .tooLarge
        case .file, .empty: .unreadable
        case .notAPhoto, .unsupportedFormat: .notAPhoto
        case .tooSlow: .tooSlow
        case .damaged: .damaged
        case .noSuchFace, .notEncoded, .unavailable: .other
        }
    }
}
