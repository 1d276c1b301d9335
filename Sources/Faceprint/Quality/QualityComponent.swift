/// What the quality of a face is made of. The names are those of ISO/IEC 29794-5, where it has the like; the measures
/// and their mapping are simple ones of this library.
public enum QualityComponent: String, Hashable, Sendable, Codable, CaseIterable {
    /// The distance between the eyes, in pixels of the photo.
    case interEyeDistance
    /// The share of the upright face, as networks see it, that lies within the photo: 0…1.
    case cropping
    /// The angle to the side, in degrees from 0; see ``HeadPose``.
    case headPoseYaw
    /// The angle up or down, in degrees from 0.
    case headPosePitch
    /// The angle in the photo's plane, in degrees from 0.
    case headPoseRoll
    /// The mean luminance of the face, 0…255.
    case luminanceMean
    /// The share of the face that is nearly black (luminance up to 25): 0…1.
    case underExposurePrevention
    /// The share of the face that is nearly white (luminance from 247): 0…1.
    case overExposurePrevention
    /// The entropy of the face's luminance, 0…8 bits.
    case dynamicRange
    /// The strength of the finest details over that of details about twice as coarse, on the face upright at 112×112:
    /// standard deviations of what means over 3×3 pixels take away, and of what means over 5×5 then take away. Blur
    /// takes the finest first; light, contrast and skin change both alike. What rounding to whole grey levels gives is
    /// taken off.
    case sharpness
    /// How sure the detector is, 0…1.
    case detection
}

extension QualityComponent {
    /// The quality of a value, 0…100: straight lines through ``QualityRamp/none`` (0), ``QualityRamp/limit`` (50) and
    /// ``QualityRamp/full`` (100); where both too little and too much are bad, the lower of two.
    public func quality(of value: Float) -> Float { ramps.map { $0.quality(of: value) }.min() ?? 0 }

    /// The values on which the mapping stands; two ramps where both too little and too much are bad.
    public var ramps: [QualityRamp] {
        switch self {
        case .interEyeDistance: [QualityRamp(none: 5, limit: 10, full: 32)]
        case .cropping: [QualityRamp(none: 0.6, limit: 0.8, full: 0.95)]
        case .headPoseYaw: [QualityRamp(none: 75, limit: 55, full: 15)]
        case .headPosePitch: [QualityRamp(none: 65, limit: 45, full: 20)]
        case .headPoseRoll: [QualityRamp(none: 80, limit: 45, full: 15)]
        case .luminanceMean:
            [QualityRamp(none: 10, limit: 35, full: 80), QualityRamp(none: 250, limit: 230, full: 200)]
        case .underExposurePrevention: [QualityRamp(none: 0.8, limit: 0.5, full: 0.2)]
        case .overExposurePrevention: [QualityRamp(none: 0.6, limit: 0.25, full: 0.05)]
        case .dynamicRange: [QualityRamp(none: 3, limit: 5, full: 6.2)]
        case .sharpness: [QualityRamp(none: 0.22, limit: 0.3, full: 0.45)]
        case .detection: [QualityRamp(none: 0.5, limit: 0.7, full: 0.9)]
        }
    }
}

/// Three values of a component, from bad to good, upwards or downwards.
public struct QualityRamp: Hashable, Sendable {
    /// The quality is 0 here and beyond.
    public let none: Float
    /// The quality is 50 here: the last value that is enrolled.
    public let limit: Float
    /// The quality is 100 here and beyond.
    public let full: Float

    /// 0…100; 0 for what isn't a number.
    public func quality(of value: Float) -> Float {
        let lower = (value - none) / (limit - none)
        let upper = (value - limit) / (full - limit)
        guard lower > 0 else { return 0 }
        return lower < 1 ? 50 * lower : 50 + 50 * min(upper, 1)
    }
}
