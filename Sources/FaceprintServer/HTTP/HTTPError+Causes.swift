import Faceprint
import FaceprintGallery
import FaceprintImaging

extension HTTPError {
    /// What an error of the library means to whoever sent the request.
    init(_ error: any Error) {
        switch error {
        case let error as HTTPError: self = error
        case let error as ImagingError: self = Self.of(error)
        case let error as FaceSelectionError: self = Self.of(error)
        case let error as FaceQualityError:
            self.init(400, code: 35, "\(error.defect); take a better photo, or send it with force=true")
        case let error as GalleryError: self = Self.of(error)
        case let error as FaceprintError: self = .badRequest("\(error)")
        default: self = .failed("\(error)")
        }
    }

    private static func of(_ error: ImagingError) -> HTTPError {
        switch error {
        case .tooManyBytes, .tooManyPixels, .tooSlow: HTTPError(413, code: 54, "\(error)")
        case .empty, .notAPhoto, .unsupportedFormat, .damaged: HTTPError(400, code: 21, "\(error)")
        case .noSuchFace: .badRequest("\(error)")
        case .file, .notEncoded, .unavailable: .failed("\(error)")
        }
    }

    /// The messages are CompreFace's: clients compare them.
    private static func of(_ error: FaceSelectionError) -> HTTPError {
        switch error {
        case .noFace: HTTPError(400, code: 28, "No face is found in the given image")
        case .severalFaces: HTTPError(400, code: 31, "Found more than one face in the given image")
        }
    }

    private static func of(_ error: GalleryError) -> HTTPError {
        switch error {
        case .noSuchPerson: .notFound("\(error)", code: 59)
        case .noSuchTemplate: .notFound("\(error)", code: 11)
        case .noSuchKey: .notFound("\(error)")
        case .nameTaken, .badgeTaken, .keyNameTaken: .conflict("\(error)")
        case .photoOfAnother: HTTPError(400, code: 36, "\(error)")
        case .invalidName, .invalidBadge, .invalidTemplate, .invalidThreshold, .noScopes: .badRequest("\(error)")
        case .busy, .diskFull, .unreachable: HTTPError(503, code: 57, "\(error)", retryAfter: 5)
        default: .failed("\(error)")
        }
    }
}
