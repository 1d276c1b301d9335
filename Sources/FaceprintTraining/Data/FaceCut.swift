import Faceprint
import FaceprintImaging

/// How faces are cut out for training: as the network is to see them later, with some of the photo around them, so that
/// a shift or a smaller scale shows more of the photo rather than black.
public struct FaceCut: Hashable, Sendable {
    public var alignment: Alignment
    /// Of the network's input, in pixels.
    public var width: Int
    /// Of the network's input, in pixels.
    public var height: Int

    public init(alignment: Alignment, width: Int, height: Int) {
        self.alignment = alignment
        self.width = width
        self.height = height
    }

    /// An eighth of the side at each side, for alignments that know where the face is.
    var marginX: Int { alignment.template(width: width, height: height) == nil ? 0 : width / 8 }
    var marginY: Int { alignment.template(width: width, height: height) == nil ? 0 : height / 8 }
    var outerWidth: Int { width + 2 * marginX }
    var outerHeight: Int { height + 2 * marginY }

    /// A name for what is cut this way.
    var name: String { "\(alignment.rawValue)-\(outerWidth)x\(outerHeight)" }

    /// The face with its margin, `outerWidth`×`outerHeight`.
    ///
    /// - Parameter face: nil for alignments that take the whole photo.
    func callAsFunction(_ photo: Image, face: Face?) throws(ImagingError) -> Image {
        guard let face, let template = alignment.template(width: width, height: height) else {
            let anywhere = Box(x: 0, y: 0, width: Float(photo.width), height: Float(photo.height))
            let whole = Face(box: anywhere, landmarks: .arcFace, score: 1)
            return try photo.aligned(to: face ?? whole, as: alignment, width: width, height: height)
        }
        let shifted = template.shifted(x: Float(marginX), y: Float(marginY))
        guard let transform = SimilarityTransform(moving: face.landmarks, onto: shifted)?.inverse else {
            throw .noSuchFace(reason: "its landmarks lie in one place")
        }
        return photo.warped(by: transform, width: outerWidth, height: outerHeight)
    }

    /// What the network sees of a cut face when nothing is changed about it.
    func inner(of outer: Image) -> Image {
        guard marginX > 0 || marginY > 0 else { return outer }
        return outer.warped(
            by: SimilarityTransform(a: 1, b: 0, tx: Float(marginX), ty: Float(marginY)), width: width, height: height)
    }
}

extension Landmarks {
    fileprivate func shifted(x: Float, y: Float) -> Landmarks {
        func moved(_ point: Point) -> Point { Point(x: point.x + x, y: point.y + y) }
        return Landmarks(
            leftEye: moved(leftEye), rightEye: moved(rightEye), nose: moved(nose), leftMouth: moved(leftMouth),
            rightMouth: moved(rightMouth))
    }
}
