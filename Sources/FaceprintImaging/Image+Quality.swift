import Faceprint

extension Image {
    /// How fit a face of this photo is to be recognised.
    ///
    /// - Parameter face: Found in this photo.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for landmarks that aren't finite or lie in one place.
    public func quality(of face: Face) throws(ImagingError) -> FaceQuality {
        let crop = try aligned(to: face, as: .arcFace, width: 112, height: 112)
        do throws(FaceprintError) {
            return try FaceQuality(of: face, crop: crop, photoWidth: width, photoHeight: height)
        } catch {
            throw .noSuchFace(reason: "\(error)")
        }
    }
}
