import Faceprint

extension Image {
    /// The face as an alignment wants it, at a network's size.
    ///
    /// Warps read the photo by bilinear interpolation; where the face is shrunk, each pixel is the mean of a grid of
    /// readings, so that nothing is skipped. What lies outside of the photo is black.
    ///
    /// - Parameter face: Found in this photo.
    /// - Throws: ``ImagingError/noSuchFace(reason:)`` for landmarks that all lie in one place, for numbers that aren't
    ///   finite, and for a box outside of the photo.
    public func aligned(
        to face: Face, as alignment: Alignment, width: Int, height: Int
    ) throws(ImagingError) -> Image {
        switch alignment {
        case .wholePhoto:
            return resized(width: width, height: height, interpolation: .lanczos)
        case .box:
            return try cropped(to: face.box).resized(width: width, height: height, interpolation: .lanczos)
        case .arcFace, .arcFaceTight:
            guard let template = alignment.template(width: width, height: height),
                let transform = SimilarityTransform(moving: face.landmarks, onto: template),
                let inverse = transform.inverse
            else { throw .noSuchFace(reason: "its landmarks lie in one place") }
            return warped(by: inverse, width: width, height: height)
        }
    }

    /// The box with 12.5 % of its sides added at each side, as far as it lies in the photo.
    private func cropped(to box: Box) throws(ImagingError) -> Image {
        let (dx, dy) = (box.width / 8, box.height / 8)
        let edges = [box.x - dx, box.y - dy, box.x + box.width + dx, box.y + box.height + dy]
        guard edges.allSatisfy(\.isFinite) else { throw .noSuchFace(reason: "its box isn't finite") }
        let left = Int(max(edges[0], 0).rounded())
        let top = Int(max(edges[1], 0).rounded())
        let right = Int(min(edges[2], Float(width)).rounded())
        let bottom = Int(min(edges[3], Float(height)).rounded())
        guard left < right, top < bottom else { throw .noSuchFace(reason: "its box lies outside of the photo") }
        return cut(columns: left..<right, rows: top..<bottom)
    }
}
