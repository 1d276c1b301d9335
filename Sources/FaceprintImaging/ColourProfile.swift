/// An ICC profile of RGB or grey values (ISO 15076-1).
struct ColourProfile {
    enum Space {
        case rgb
        case grey
    }

    let bytes: [UInt8]
    let space: Space

    /// - Parameter bytes: Of the file; nil for a profile of other values, and for what is none. The signature of the
    ///   colour space stands in bytes 16 to 19 of the header's 128.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 128 else { return nil }
        switch String(decoding: bytes[16..<20], as: UTF8.self) {
        case "RGB ": space = .rgb
        case "GRAY": space = .grey
        default: return nil
        }
        self.bytes = bytes
    }

    /// Whether some colour looks otherwise than its values do as sRGB, by more than 3 of 255 in a channel. Profiles
    /// of sRGB come in many versions, and differ among each other by less. False for a profile that can't be read.
    var movesColours: Bool {
        let steps = stride(from: UInt8(0), through: 255, by: 15)
        let probe: [UInt8] =
            switch space {
            case .rgb: steps.flatMap { r in steps.flatMap { g in steps.flatMap { b in [r, g, b] } } }
            case .grey: steps.flatMap { [$0, $0, $0] }
            }
        let seen = probe.withUnsafeBytes { bytes in
            try? VipsPicture(viewing: bytes, width: probe.count / 3, height: 1).transformed(by: self).image().pixels
        }
        guard let seen else {
            // Else what is wrong with the profile would be taken for what is wrong with the photo.
            VipsErrors.clear()
            return false
        }
        return zip(probe, seen).contains { abs(Int($0) - Int($1)) > 3 }
    }
}
