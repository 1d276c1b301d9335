import Foundation

/// A face is not good enough to be enrolled.
public struct FaceQualityError: Error, Equatable {
    public let quality: FaceQuality

    public init(quality: FaceQuality) {
        self.quality = quality
    }
}

extension FaceQualityError: CustomStringConvertible {
    public var description: String { "\(defect); \(quality.weakest.advice), or enroll it with --force" }

    /// What is wrong, without what to do.
    public var defect: String {
        let weakest = quality.weakest
        let others = quality.scores.filter {
            $0.quality < FaceQuality.minimumForEnrollment && $0.component != weakest.component
        }
        let also = others.isEmpty ? "" : "; also \(others.map(\.problem).joined(separator: ", "))"
        return "the face is \(weakest.problem) (\(weakest.comparison)): quality \(Int(quality.total)) of 100, and "
            + "\(Int(FaceQuality.minimumForEnrollment)) is needed\(also)"
    }
}

extension FaceQuality.Score {
    /// The ramp that gave the quality.
    private var ramp: QualityRamp {
        component.ramps.min { $0.quality(of: value) < $1.quality(of: value) } ?? component.ramps[0]
    }

    private var isTooLow: Bool { ramp.none < ramp.full }

    /// Such as “sharpness 0.241, at least 0.300 is needed”.
    fileprivate var comparison: String {
        "\(component.title) \(component.text(value)), \(isTooLow ? "at least" : "at most") "
            + "\(component.text(ramp.limit)) is needed"
    }

    fileprivate var problem: String {
        switch component {
        case .interEyeDistance: "too small"
        case .cropping: "cut by the photo's edge"
        case .headPoseYaw: "turned too far to the side"
        case .headPosePitch: "bent too far up or down"
        case .headPoseRoll: "tilted too far"
        case .luminanceMean: isTooLow ? "too dark" : "too bright"
        case .underExposurePrevention: "underexposed"
        case .overExposurePrevention: "overexposed"
        case .dynamicRange: "of too little contrast"
        case .sharpness: "too blurred"
        case .detection: "hardly to be made out"
        }
    }

    fileprivate var advice: String {
        switch component {
        case .interEyeDistance: "take a photo from nearer or with more pixels"
        case .cropping: "take a photo with the whole face in it"
        case .headPoseYaw, .headPosePitch: "take a photo of the person looking into the camera"
        case .headPoseRoll: "turn the photo upright"
        case .luminanceMean: isTooLow ? "use more light on the face" : "use less light on the face"
        case .underExposurePrevention: "use more light on the face"
        case .overExposurePrevention: "use less light on the face"
        case .dynamicRange: "take a photo in even light, without fog or glare"
        case .sharpness: "take a photo that is in focus, with camera and person still"
        case .detection: "take a photo of the uncovered face, from the front"
        }
    }
}

extension QualityComponent {
    /// For people, such as “head pose yaw”.
    public var title: String {
        rawValue.reduce(into: "") { words, letter in
            words += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
        }
    }

    /// A value with its unit.
    public func text(_ value: Float) -> String {
        switch self {
        case .interEyeDistance: String(format: "%.1f pixels", value)
        case .headPoseYaw, .headPosePitch, .headPoseRoll: String(format: "%.0f°", value)
        case .luminanceMean: String(format: "%.0f", value)
        case .cropping, .underExposurePrevention, .overExposurePrevention: String(format: "%.0f %%", value * 100)
        case .dynamicRange: String(format: "%.1f bits", value)
        case .sharpness, .detection: String(format: "%.3f", value)
        }
    }
}
