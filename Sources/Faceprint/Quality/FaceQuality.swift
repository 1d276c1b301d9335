/// How fit a face in a photo is to be recognised: 0 to 100, and the components that it comes from.
///
/// ```swift
/// let quality = try photo.quality(of: face)
/// print(quality.total, quality.weakest.component)
/// try quality.requireEnrollable()
/// ```
///
/// The total is that of the weakest component: a face that is sharp and well lit is of no use when it is turned away,
/// and the component that spoils a photo is the one to name.
public struct FaceQuality: Hashable, Sendable, Encodable {
    /// One component of a face.
    public struct Score: Hashable, Sendable, Encodable {
        public let component: QualityComponent
        /// In the component's own unit.
        public let value: Float
        /// 0…100.
        public let quality: Float
    }

    /// The lowest total that is enrolled unless that is forced.
    public static let minimumForEnrollment: Float = 50

    /// The quality of the weakest component, 0…100.
    public let total: Float
    /// Every component once, in the order in which they are declared.
    public let scores: [Score]

    /// Judges a face.
    ///
    /// - Parameters:
    ///   - face: Found in a photo of that width and height.
    ///   - crop: The face at 112×112, its landmarks on the template of ``Alignment/arcFace``.
    /// - Throws: ``FaceprintError/wrongShape(what:expected:found:)`` for a crop of another size,
    ///   ``FaceprintError/outOfRange(what:value:allowed:)`` for landmarks that aren't finite or lie in one place.
    public init(of face: Face, crop: Image, photoWidth: Int, photoHeight: Int) throws(FaceprintError) {
        guard crop.width == FaceLuminance.side, crop.height == FaceLuminance.side else {
            throw .wrongShape(
                what: "face to judge", expected: "\(FaceLuminance.side)×\(FaceLuminance.side)",
                found: "\(crop.width)×\(crop.height)")
        }
        let visible = try face.landmarks.shareVisible(width: photoWidth, height: photoHeight)
        let pose = HeadPose(face.landmarks)
        let luminance = FaceLuminance(crop)
        scores = QualityComponent.allCases.map { component in
            let value: Float =
                switch component {
                case .interEyeDistance: face.landmarks.eyeDistance
                case .cropping: visible
                case .headPoseYaw: abs(pose.yaw)
                case .headPosePitch: abs(pose.pitch)
                case .headPoseRoll: abs(pose.roll)
                case .luminanceMean: luminance.mean
                case .underExposurePrevention: luminance.darkShare
                case .overExposurePrevention: luminance.brightShare
                case .dynamicRange: luminance.entropy
                case .sharpness: luminance.sharpness
                case .detection: face.score.isFinite ? face.score : 0
                }
            return Score(component: component, value: value, quality: component.quality(of: value))
        }
        total = scores.lazy.map(\.quality).min() ?? 0
    }

    /// The component of the lowest quality; the first declared of several.
    public var weakest: Score { scores.first { $0.quality == total } ?? scores[0] }

    /// - Throws: ``FaceQualityError`` where the total is below ``minimumForEnrollment``.
    public func requireEnrollable() throws(FaceQualityError) {
        guard total >= Self.minimumForEnrollment else { throw FaceQualityError(quality: self) }
    }
}

extension Landmarks {
    /// The share of the face, cut as ``Alignment/arcFace`` cuts it, that lies within a photo; read at every fourth
    /// pixel of 112×112.
    fileprivate func shareVisible(width: Int, height: Int) throws(FaceprintError) -> Float {
        let side = FaceLuminance.side
        guard let template = Alignment.arcFace.template(width: side, height: side),
            let place = SimilarityTransform(moving: self, onto: template)?.inverse
        else {
            throw .outOfRange(what: "the face", value: "at \(points)", allowed: "five landmarks in different places")
        }
        let steps = stride(from: 2, to: side, by: 4).map(Float.init)
        var inside = 0
        for y in steps {
            for x in steps {
                let point = place(Point(x: x, y: y))
                let isInside =
                    point.x >= -0.5 && point.y >= -0.5 && point.x <= Float(width) - 0.5
                    && point.y <= Float(height) - 0.5
                inside += isInside ? 1 : 0
            }
        }
        return Float(inside) / Float(steps.count * steps.count)
    }
}
