import Faceprint

/// A face as people look at it: upright in a square where it was found, or else the whole photo.
///
/// It is where an explanation shows and hides parts of the face, whichever way each network of a model cuts it.
public struct FaceView: Hashable, Sendable {
    /// In points: the longer side is ``side``.
    public let width: Float
    public let height: Float
    /// From the view's points to the photo's pixels.
    public let toPhoto: SimilarityTransform

    /// The side of ArcFace's template, which the square is.
    public static let side: Float = 112

    /// - Throws: ``AnalysisError/noFace(reason:)`` for landmarks that lie in one place or aren't finite.
    public init(of face: FaceInPhoto) throws(AnalysisError) {
        guard let found = face.face else {
            let scale = Float(max(face.photo.width, face.photo.height)) / Self.side
            width = Float(face.photo.width) / scale
            height = Float(face.photo.height) / scale
            toPhoto = SimilarityTransform(a: scale, b: 0, tx: 0, ty: 0)
            return
        }
        guard let transform = SimilarityTransform(moving: found.landmarks, onto: .arcFace)?.inverse else {
            throw .noFace(reason: "its landmarks lie in one place")
        }
        width = Self.side
        height = Self.side
        toPhoto = transform
    }

    /// The smallest upright rectangle of the photo around a rectangle of the view.
    func bounds(left: Float, top: Float, right: Float, bottom: Float) -> Box {
        let corners = [(left, top), (right, top), (left, bottom), (right, bottom)].map { toPhoto(Point(x: $0, y: $1)) }
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let (x, y) = (xs.min() ?? 0, ys.min() ?? 0)
        return Box(x: x, y: y, width: (xs.max() ?? 0) - x, height: (ys.max() ?? 0) - y)
    }
}
