import Faceprint
import FaceprintImaging
import Testing

extension Image {
    /// The three channel values of a pixel.
    func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3]) }
}

/// The error that decoding gives.
func decodingError(_ bytes: [UInt8], name: String = "photo", limits: PhotoLimits = .standard) -> ImagingError? {
    do throws(ImagingError) {
        _ = try Image(decoding: bytes, name: name, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// Whether the damage is reported for that photo, with a reason of one printable line.
func isDamaged(_ error: ImagingError?, name: String) -> Bool {
    guard case .damaged(name, let reason) = error else { return false }
    return !reason.isEmpty && reason.unicodeScalars.allSatisfy { $0.value >= 0x20 }
}

/// Whether two pixels are alike but for what lossy compression changes.
func isClose(_ a: [UInt8], _ b: [UInt8], within tolerance: Int = 12) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs(Int($0) - Int($1)) <= tolerance }
}
