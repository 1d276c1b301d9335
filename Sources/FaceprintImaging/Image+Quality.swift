import Faceprint

extension Image {
    /// How fit a face of this photo is to be recognised.
    ///
    /// - Parameter face: Found in this photo.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for landmarks that aren't finite or lie in one place.
    public func quality(of face: Face) throws(ImagingError) -> FaceQuality {
        try quality(of: face, upright: try upright(face))
    }

    /// - Parameter upright: The face, as ``upright(_:)`` shows it.
    func quality(of face: Face, upright: Image) throws(ImagingError) -> FaceQuality {
        do throws(FaceprintError) {
            return try FaceQuality(of: face, crop: upright, photoWidth: width, photoHeight: height)
        } catch {
            throw .noSuchFace(reason: "\(error)")
        }
    }

    /// A face by its landmarks, 112×112: what is judged, and what is kept to be looked at.
    func upright(_ face: Face) throws(ImagingError) -> Image {
        try aligned(to: face, as: .arcFace, width: 112, height: 112)
    }
}
