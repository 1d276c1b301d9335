/// Which part of a photo a network sees, and how it is turned.
///
/// A network knows faces as it was shown them in training; the same face cut otherwise gives another embedding.
public enum Alignment: String, Hashable, Sendable, Codable, CaseIterable {
    /// All of the photo, squeezed to the network's size; no face is looked for.
    case wholePhoto = "whole-photo"
    /// The detector's box with 12.5 % of its sides added at each side, squeezed to the network's size, as FaceNet's
    /// weights were trained.
    case box
    /// The five landmarks moved onto the ArcFace template by the similarity transform (shift, turn, scale) with the
    /// least squared error; the face keeps its proportions.
    case arcFace = "arcface"
    /// As ``arcFace``, with the template's points 1.1 times as far from its middle: a tighter cut, which suits
    /// FaceNet's weights.
    case arcFaceTight = "arcface-tight"
}

extension Alignment {
    /// Whether the photo's face must be known.
    public var needsFace: Bool { self != .wholePhoto }

    /// Where the five landmarks come to lie in a picture of that size; nil for alignments without a template.
    ///
    /// The template is ArcFace's for 112×112 (Deng et al., "ArcFace", 2019): each coordinate t becomes
    /// `((t − 56) · zoom + 56) · side / 112`.
    public func template(width: Int, height: Int) -> Landmarks? {
        let zoom: Float
        switch self {
        case .wholePhoto, .box: return nil
        case .arcFace: zoom = 1
        case .arcFaceTight: zoom = 1.1
        }
        return Landmarks.arcFace.map {
            Point(
                x: (($0.x - 56) * zoom + 56) * Float(width) / 112,
                y: (($0.y - 56) * zoom + 56) * Float(height) / 112)
        }
    }
}

extension Landmarks {
    /// The ArcFace template for a picture of 112×112.
    public static let arcFace = Landmarks(
        leftEye: Point(x: 38.2946, y: 51.6963), rightEye: Point(x: 73.5318, y: 51.5014),
        nose: Point(x: 56.0252, y: 71.7366), leftMouth: Point(x: 41.5493, y: 92.3655),
        rightMouth: Point(x: 70.7299, y: 92.2041))
}
