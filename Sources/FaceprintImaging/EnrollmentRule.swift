import Faceprint

/// What a photo has to be like to be enrolled, wherever it comes from.
public struct EnrollmentRule: Hashable, Sendable {
    /// Whether to take the largest face of several, and a face of low quality.
    public let isForced: Bool

    public init(isForced: Bool = false) { self.isForced = isForced }

    /// Which of a photo's faces is enrolled.
    public var selection: FaceSelection { isForced ? .largest : .only }

    /// Judges a face, and makes what is stored with its embedding.
    ///
    /// - Parameter face: The photo's that ``selection`` chose; nil where the whole photo is the face, which isn't judged.
    /// - Throws: `FaceQualityError` for a face that is not good enough, ``ImagingError`` for one that can't be cut out.
    public func judge(_ face: Face?, of photo: Photo) throws -> JudgedFace {
        guard let face else {
            return JudgedFace(photoSHA256: photo.sha256, quality: nil, thumbnail: try photo.image.thumbnail(of: nil))
        }
        let upright = try photo.image.upright(face)
        let quality = try photo.image.quality(of: face, upright: upright)
        if !isForced { try quality.requireEnrollable() }
        return JudgedFace(photoSHA256: photo.sha256, quality: quality, thumbnail: try upright.jpegData())
    }
}

/// A face that may be enrolled, without its photo and its embedding.
public struct JudgedFace: Sendable {
    /// Of the photo's file, 64 lower-case hexadecimal digits.
    public let photoSHA256: String
    /// nil for a photo that is taken whole.
    public let quality: FaceQuality?
    /// A JPEG of 112×112 pixels at most.
    public let thumbnail: [UInt8]
}
