import Faceprint

extension Image {
    /// A JPEG file that is small enough to be kept with a template, by which people can tell whose face it was.
    ///
    /// - Parameter face: Found in this photo: shown upright by its landmarks, at 112×112. nil where the whole photo is
    ///   the face: shown in its own shape, neither side longer than 112.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for landmarks that aren't finite or lie in one place,
    ///   ``ImagingError/notEncoded(reason:)`` when memory is missing.
    public func thumbnail(of face: Face?) throws(ImagingError) -> [UInt8] {
        guard let face else {
            let side = 112
            let scale = min(1, Double(side) / Double(max(width, height)))
            return try resized(
                width: max(1, Int((Double(width) * scale).rounded())),
                height: max(1, Int((Double(height) * scale).rounded())), interpolation: .lanczos
            ).jpegData()
        }
        return try upright(face).jpegData()
    }
}
